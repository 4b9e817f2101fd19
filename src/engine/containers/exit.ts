import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import { disconnectAll } from '../networks/endpoints.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { unmountAll } from '../volumes/mounts.ts'
import { applied } from './applied.ts'
import type { ByRef, ContainerCommands } from './commands.ts'
import type { Container } from './container.ts'
import { destroyEvents } from './destroy-events.ts'
import { disarmHealth } from './health-check.ts'
import { restartTimer, stopTimer } from './kill-events.ts'
import { restartDelay } from './restart-policy.ts'
import { startEvents } from './start.ts'

/** The main process is gone: clean up, die, and then what was asked for or what the policy says. moby: daemon/monitor.go */
export const exit: EngineVerb<ContainerCommands['ContainerExit']> = (state, { id, exitCode }, env) => {
  const container = state.containers.byId.get(id)
  if (!container?.flags.running || container.flags.restarting) return []
  const wanted = (verb: string) => container.pending.some((pending) => pending.verb === verb)
  const delay = wanted('restart') || wanted('destroy') ? undefined : restartDelay(container, exitCode, env.now)
  const died: readonly EngineEvent[] = [
    ...disarmHealth(state, container),
    ...(state.timers.byKey.has(stopTimer(id)) ? [{ type: 'timer.clear', key: stopTimer(id) } as const] : []),
    ...endExecs(state, id),
    ...disconnectAll(state, container),
    ...unmountAll(state, container),
    ...container.pending.flatMap(({ verb }) => (verb === 'destroy' ? [] : [{ type: 'container.stop', id } as const])),
    { type: 'container.die', id, exitCode, restartDelay: delay },
  ]
  if (delay !== undefined) return [...died, dueEvent(id, env.now + delay)]
  return [...died, ...sequel(applied(state, died, env), container, env)]
}

const KILLED = 137

/** The others of its processes go with the main one. */
const endExecs = ({ execs }: EngineState, id: string): readonly EngineEvent[] =>
  execs.byId
    .values()
    .filter((exec) => exec.container === id && exec.running && !exec.probe)
    .map((exec) => ({ type: 'container.exec_die', id, exec: exec.id, exitCode: KILLED }))

const dueEvent = (id: string, due: number): EngineEvent => ({
  type: 'timer.set',
  key: restartTimer(id),
  due,
  command: { type: 'ContainerRestartDue', id },
})

/** A removal wins over a restart, a restart over AutoRemove. */
function sequel(state: EngineState, { id, pending, hostConfig }: Container, env: Env): readonly EngineEvent[] {
  const container = state.containers.byId.get(id)!
  const removal = pending.find(({ verb }) => verb === 'destroy')
  if (removal) return destroyEvents(state, container, 'volumes' in removal && removal.volumes)
  const restarts = pending.filter(({ verb }) => verb === 'restart')
  if (restarts.length > 0) return restartEvents(state, container, restarts.length, env)
  return hostConfig.autoRemove ? destroyEvents(state, container, true) : []
}

/** Start again, and tell each caller that asked for it. */
export function restartEvents(
  state: EngineState,
  container: Container,
  callers: number,
  env: Env,
): readonly EngineEvent[] {
  const started = startEvents(state, container, env)
  if (started.some(({ type }) => type === 'container.start_failed')) return started
  return [
    ...started,
    ...Array.from({ length: callers }, () => ({ type: 'container.restart', id: container.id }) as const),
  ]
}

/** The back-off is over. */
export const restartDue: EngineVerb<ByRef> = (state, { id }, env) => {
  const container = state.containers.byId.get(id)
  const started = container?.flags.restarting ? startEvents(state, container, env, true) : []
  return [{ type: 'timer.clear', key: restartTimer(id) }, ...started]
}
