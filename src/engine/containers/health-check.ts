import type { Env } from '../../core/env.ts'
import { type Duration, SECOND } from '../../core/instant.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import type { Health } from './health.ts'

export const probeTimer = (id: string) => `health:${id}`
export const probeTimeoutTimer = (id: string) => `health-timeout:${id}`

const LATEST = 5
const DEFAULT_RETRIES = 3

/** What a container is checked with; `undefined` where it is not. moby: getProbe */
export function probeCommand({ config }: Container): readonly string[] | undefined {
  const [kind, ...command] = config.healthcheck?.test ?? []
  if (kind === 'CMD') return command
  if (kind !== 'CMD-SHELL') return undefined
  return [...(config.shell?.length ? config.shell : ['/bin/sh', '-c']), ...command]
}

/** The wire has nanoseconds; 0 is the daemon's own. */
const duration = (nanoseconds: number | undefined, fallback: Duration): Duration =>
  nanoseconds ? Math.max(1, Math.floor(nanoseconds / 1000)) : fallback

export const probeTimeout = ({ config }: Container) => duration(config.healthcheck?.timeout, 30 * SECOND)

/** At start: it is starting, and the first probe comes after an interval. moby: Daemon.initHealthMonitor */
export function armHealth(_state: EngineState, container: Container, { now }: Env): readonly EngineEvent[] {
  if (!probeCommand(container)) return []
  const health: Health = { status: 'starting', failingStreak: 0, log: container.health?.log ?? [] }
  return [{ type: 'container.health', id: container.id, health }, nextProbe(container, health, now)]
}

/** At exit, and while it is paused: no more probes, and for older clients' sake it is called unhealthy. */
export function disarmHealth({ timers }: EngineState, { id, health }: Container): readonly EngineEvent[] {
  if (!health) return []
  const armed = [probeTimer(id), probeTimeoutTimer(id)].filter((key) => timers.byKey.has(key))
  return [
    ...armed.map((key) => ({ type: 'timer.clear', key }) as const),
    { type: 'container.health', id, health: { ...health, status: 'unhealthy' } },
  ]
}

/** When to look again: more often while a container is starting. */
export function nextProbe(container: Container, health: Health, now: number): EngineEvent {
  const { id, config, flags } = container
  const check = config.healthcheck
  const starting = health.status === 'starting' && now - flags.startedAt < duration(check?.startPeriod, 0)
  const after = starting ? duration(check?.startInterval, 5 * SECOND) : duration(check?.interval, 30 * SECOND)
  return { type: 'timer.set', key: probeTimer(id), due: now + after, command: { type: 'HealthProbe', id } }
}

/** What a probe makes of the health. moby: handleProbeResult */
export function withResult({ config, flags, health }: Container, result: Health['log'][number]): Health {
  const before: Health = health ?? { status: 'starting', failingStreak: 0, log: [] }
  const log = [...before.log, result].slice(-LATEST)
  if (result.exitCode === 0) return { status: 'healthy', failingStreak: 0, log }
  const sinceStart = result.start - flags.startedAt
  if (before.status === 'starting' && sinceStart < duration(config.healthcheck?.startPeriod, 0))
    return { ...before, log }
  const failingStreak = before.failingStreak + 1
  const retries = config.healthcheck?.retries || DEFAULT_RETRIES
  return { status: failingStreak >= retries ? 'unhealthy' : before.status, failingStreak, log }
}
