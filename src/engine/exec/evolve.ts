import { type Instant, MILLISECOND } from '../../core/instant.ts'
import type { EngineEvolution } from '../verb.ts'
import type { ExecEvents } from './events.ts'
import type { Exec, Execs } from './exec.ts'

/** Of a probe's output, what `State.Health.Log` can show. */
const KEPT = 4096
/** A client whose stream has ended with the container has this long to ask for the exit code. */
const CLEAN_UP = 100 * MILLISECOND

export const execsEvolution: EngineEvolution<Execs, ExecEvents> = {
  'container.exec_create': ({ byId }, { exec }) => ({ byId: byId.set(exec.id, exec) }),
  'container.exec_start': (slice, { exec }) => change(slice, exec, () => ({ started: true })),
  'container.exec_up': (slice, { exec, pid }) => change(slice, exec, () => ({ running: true, pid })),
  'container.exec_failed': (slice, { exec, exitCode }) =>
    slice.byId.get(exec)?.probe ? { byId: slice.byId.delete(exec) } : change(slice, exec, () => ({ exitCode })),
  'container.exec_die': (slice, { exec, exitCode, at }) =>
    slice.byId.get(exec)?.probe
      ? { byId: slice.byId.delete(exec) }
      : change(slice, exec, () => ({ running: false, exitCode, endedAt: at })),
  'container.exec_resize': (slice, { exec, columns, rows }) => change(slice, exec, () => ({ size: { columns, rows } })),
  'container.exec_output': (slice, { exec, bytes }) =>
    slice.byId.get(exec)?.probe ? change(slice, exec, ({ output }) => ({ output: joined(output, bytes) })) : slice,
  'container.probe_timeout': (slice, { exec }) => change(slice, exec, () => ({ timedOut: true })),
  'container.exec_detach': (slice) => slice,
  'container.exec_input': (slice) => slice,
  'container.die': (slice, { id, at }) => leaving(without(slice, ended(id, at)), id, at),
  'container.start': (slice, { id }) => without(slice, ({ container }) => container === id),
  'container.destroy': (slice, { id }) => without(slice, ({ container }) => container === id),
}

function change({ byId }: Execs, id: string, by: (exec: Exec) => Partial<Exec>): Execs {
  const exec = byId.get(id)
  return { byId: exec ? byId.set(id, { ...exec, ...by(exec) }) : byId }
}

function without(slice: Execs, unwanted: (exec: Exec) => boolean): Execs {
  let { byId } = slice
  for (const exec of byId.values()) if (unwanted(exec)) byId = byId.delete(exec.id)
  return byId === slice.byId ? slice : { byId }
}

/** Those that were over before their container was. */
const ended = (id: string, at: Instant) => (exec: Exec) => exec.container === id && exec.endedAt !== at

function leaving(slice: Execs, container: string, at: Instant): Execs {
  return slice.byId
    .values()
    .filter((exec) => exec.container === container)
    .reduce((left, { id }) => change(left, id, () => ({ goneAt: at + CLEAN_UP })), slice)
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length >= KEPT) return a
  const out = new Uint8Array(Math.min(a.length + b.length, KEPT))
  out.set(a)
  out.set(b.subarray(0, out.length - a.length), a.length)
  return out
}
