import { durationText } from '../../core/duration-text.ts'
import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import type { EngineEvent } from '../events.ts'
import { newExec } from '../exec/create.ts'
import type { Exec } from '../exec/exec.ts'
import { startEvents } from '../exec/start.ts'
import { execConfig } from '../exec/wire/exec-config.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { Container } from './container.ts'
import {
  disarmHealth,
  nextProbe,
  probeCommand,
  probeTimeout,
  probeTimeoutTimer,
  probeTimer,
  withResult,
} from './health-check.ts'
import { linkedEnvironment } from './linked-environment.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'

/** From a timer: time to look. The check is an exec that nobody asked for. moby: cmdProbe.run */
export const probe: EngineVerb<ContainerStreamCommands['HealthProbe']> = (state, { id }, env) => {
  const cleared: EngineEvent = { type: 'timer.clear', key: probeTimer(id) }
  const container = state.containers.byId.get(id)
  const cmd = container && probeCommand(container)
  if (!container?.flags.pid || container.flags.paused || !cmd) return [cleared]
  const asked = { ...execConfig.zero, cmd, attachStdout: true, attachStderr: true }
  const exec: Exec = {
    ...newExec(container, asked, env.id(), linkedOrNone(state, container)),
    probe: true,
    startedAt: env.now,
  }
  const started = startEvents(state, exec, false, undefined, env)
  return [
    cleared,
    { type: 'container.exec_create', id, exec },
    ...started,
    ...started.flatMap((event) =>
      event.type === 'container.exec_failed'
        ? resultEvents(container, exec, -1, event.message, env)
        : event.type === 'container.exec_up'
          ? [timeoutEvent(container, exec.id, env)]
          : [],
    ),
  ]
}

/** A probe goes on without what links tell where one of them is down. */
function linkedOrNone(state: EngineState, container: Container): readonly string[] {
  try {
    return linkedEnvironment(state, container)
  } catch (problem) {
    if (problem instanceof Problem) return []
    throw problem
  }
}

const timeoutEvent = (container: Container, exec: string, { now }: Env): EngineEvent => ({
  type: 'timer.set',
  key: probeTimeoutTimer(container.id),
  due: now + probeTimeout(container),
  command: { type: 'HealthTimeout', id: container.id, exec },
})

/** From a timer: the check takes too long. It is killed, and its end is the result. */
export const timeout: EngineVerb<ContainerStreamCommands['HealthTimeout']> = ({ execs }, { id, exec }) => [
  { type: 'timer.clear', key: probeTimeoutTimer(id) },
  ...(execs.byId.get(exec)?.running ? [{ type: 'container.probe_timeout', id, exec } as const] : []),
]

/** A paused container is not checked. */
export const pause: EngineVerb<ContainerStreamCommands['HealthPause']> = (state, { id }) => {
  const container = state.containers.byId.get(id)
  return container?.health ? disarmHealth(state, container) : []
}

export const resume: EngineVerb<ContainerStreamCommands['HealthResume']> = (state, { id }, env) => {
  const container = state.containers.byId.get(id)
  if (!container?.health || !probeCommand(container)) return []
  const busy = state.execs.byId.values().some((exec) => exec.probe && exec.container === id)
  return busy ? [] : [nextProbe(container, container.health, env.now)]
}

const decoder = new TextDecoder()

/** The process of a check is gone. */
export function probeExit(state: EngineState, exec: Exec, exitCode: number, env: Env): readonly EngineEvent[] {
  const container = state.containers.byId.get(exec.container)
  if (!container?.flags.pid) return []
  const output = decoder.decode(exec.output)
  const cleared: EngineEvent = { type: 'timer.clear', key: probeTimeoutTimer(container.id) }
  if (!exec.timedOut) return [cleared, ...resultEvents(container, exec, exitCode, output, env)]
  const words = `Health check exceeded timeout (${durationText(probeTimeout(container))})${output && `: ${output}`}`
  return [cleared, ...resultEvents(container, exec, -1, words, env)]
}

function resultEvents(
  container: Container,
  exec: Exec,
  exitCode: number,
  output: string,
  { now }: Env,
): readonly EngineEvent[] {
  const { id } = container
  const health = withResult(container, { start: exec.startedAt ?? now, end: now, exitCode, output })
  const changed = health.status !== container.health?.status
  return [
    { type: 'container.health', id, health },
    ...(changed ? [{ type: 'container.health_status', id, status: health.status } as const] : []),
    ...(container.flags.paused ? [] : [nextProbe(container, health, now)]),
  ]
}
