import { SECOND } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { ByRef, Grace } from './commands.ts'
import type { Container } from './container.ts'
import { notModified, wrapping } from './errors.ts'
import { find } from './find.ts'
import { cancelRestart, killEvents, stopSignal, stopTimer } from './kill-events.ts'
import { parseSignal, SIGKILL } from './signal.ts'

const GRACE = 10

/** The signal, the grace, the kill: the container is gone when its process is. moby: daemon/stop.go */
export const stop: EngineVerb<ByRef & Grace> = (state, { id: ref, ...grace }, env) => {
  const container = find(state, ref)
  if (!container.flags.running) throw notModified
  return wrapping(`cannot stop container: ${ref}`, () => [
    ...stopEvents(state, container, grace, 'stop', env.now),
    ...(container.flags.restarting ? [{ type: 'container.stop', id: container.id } as const] : []),
  ])
}

/** What asks a container to stop; `verb` waits for its exit. One that waits for a restart has stopped already. */
export function stopEvents(
  state: EngineState,
  container: Container,
  { signal, timeout }: Grace,
  verb: 'stop' | 'restart',
  now: number,
): readonly EngineEvent[] {
  const { id, config, flags } = container
  const asked = signal === '' ? stopSignal(container) : askedSignal(signal)
  if (flags.restarting) return cancelRestart(container)
  const seconds = timeout ?? config.stopTimeout ?? GRACE
  const pending: EngineEvent = { type: 'container.pending', id, pending: { verb } }
  const asks = [...killEvents(container, asked), pending]
  if (seconds < 0) return asks
  if (seconds === 0) return [...asks, ...killEvents({ ...container, flags: { ...flags, paused: false } }, SIGKILL)]
  const command = { type: 'ContainerStopTimeout', id } as const
  // Of two stops at once the first one's grace counts: the kill ends both.
  const earlier = state.timers.byKey.get(stopTimer(id))
  const at = Math.min(now + seconds * SECOND, earlier?.at ?? Number.POSITIVE_INFINITY)
  return [...asks, { type: 'timer.set', key: stopTimer(id), due: at, command }]
}

/** The daemon does not class this refusal: 500. */
function askedSignal(signal: string): number {
  try {
    return parseSignal(signal)
  } catch (problem) {
    throw problem instanceof Problem ? new Problem('System', problem.message) : problem
  }
}

/** The grace is over. */
export const stopTimeout: EngineVerb<ByRef> = (state, { id }) => {
  const container = state.containers.byId.get(id)
  const kill = container?.flags.running ? killEvents(container, SIGKILL) : []
  return [{ type: 'timer.clear', key: stopTimer(id) }, ...kill]
}
