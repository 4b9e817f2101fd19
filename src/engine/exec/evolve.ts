import type { EngineEvolution } from '../verb.ts'
import type { ExecEvents } from './events.ts'
import type { Exec, Execs } from './exec.ts'

/** Of a probe's output, what `State.Health.Log` can show. */
const KEPT = 4096

export const execsEvolution: EngineEvolution<Execs, ExecEvents> = {
  'container.exec_create': ({ byId }, { exec }) => ({ byId: byId.set(exec.id, exec) }),
  'container.exec_start': (slice, { exec }) => change(slice, exec, () => ({ started: true })),
  'container.exec_up': (slice, { exec, pid }) => change(slice, exec, () => ({ running: true, pid })),
  'container.exec_failed': (slice, { exec, exitCode }) =>
    slice.byId.get(exec)?.probe ? { byId: slice.byId.delete(exec) } : change(slice, exec, () => ({ exitCode })),
  'container.exec_die': (slice, { exec, exitCode }) =>
    slice.byId.get(exec)?.probe
      ? { byId: slice.byId.delete(exec) }
      : change(slice, exec, () => ({ running: false, exitCode })),
  'container.exec_resize': (slice, { exec, columns, rows }) => change(slice, exec, () => ({ size: { columns, rows } })),
  'container.exec_output': (slice, { exec, bytes }) =>
    slice.byId.get(exec)?.probe ? change(slice, exec, ({ output }) => ({ output: joined(output, bytes) })) : slice,
  'container.probe_timeout': (slice, { exec }) => change(slice, exec, () => ({ timedOut: true })),
  'container.exec_detach': (slice) => slice,
  'container.exec_input': (slice) => slice,
  'container.die': (slice, { id }) => withoutThoseOf(slice, id),
  'container.destroy': (slice, { id }) => withoutThoseOf(slice, id),
}

function change({ byId }: Execs, id: string, by: (exec: Exec) => Partial<Exec>): Execs {
  const exec = byId.get(id)
  return { byId: exec ? byId.set(id, { ...exec, ...by(exec) }) : byId }
}

function withoutThoseOf(slice: Execs, container: string): Execs {
  let { byId } = slice
  for (const exec of byId.values()) if (exec.container === container) byId = byId.delete(exec.id)
  return byId === slice.byId ? slice : { byId }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length >= KEPT) return a
  const out = new Uint8Array(Math.min(a.length + b.length, KEPT))
  out.set(a)
  out.set(b.subarray(0, out.length - a.length), a.length)
  return out
}
