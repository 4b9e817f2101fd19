import type { Instant } from '../../core/instant.ts'

/** State.Health of inspect. */
export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy'
  readonly failingStreak: number
  /** The last five. */
  readonly log: readonly Probe[]
}

export interface Probe {
  readonly start: Instant
  readonly end: Instant
  readonly exitCode: number
  readonly output: string
}
