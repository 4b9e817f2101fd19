import { humanDuration } from '../../core/human-duration.ts'
import { type Instant, ZERO_TIME } from '../../core/instant.ts'
import type { Container, Flags } from './container.ts'

/** `State.Status`. moby: State.StateString */
export function status({ running, paused, restarting, removing, dead, startedAt }: Flags): string {
  if (running) return paused ? 'paused' : restarting ? 'restarting' : 'running'
  if (removing) return 'removing'
  if (dead) return 'dead'
  return startedAt === ZERO_TIME ? 'created' : 'exited'
}

export const STATUSES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const

/** `Up 3 minutes (healthy)`, `Exited (137) 5 seconds ago`. moby: State.String */
export function statusText({ flags, health }: Container, now: Instant): string {
  const { running, paused, restarting, removing, dead, exitCode, startedAt, finishedAt } = flags
  if (running) {
    if (restarting && !paused) return `Restarting (${exitCode}) ${humanDuration(now - finishedAt)} ago`
    const up = `Up ${humanDuration(now - startedAt)}`
    if (paused) return `${up} (Paused)`
    return health ? `${up} (${health.status === 'starting' ? 'health: starting' : health.status})` : up
  }
  if (removing) return 'Removal In Progress'
  if (dead) return 'Dead'
  if (startedAt === ZERO_TIME) return 'Created'
  return finishedAt === ZERO_TIME ? '' : `Exited (${exitCode}) ${humanDuration(now - finishedAt)} ago`
}
