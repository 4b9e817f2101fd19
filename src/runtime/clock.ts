import type { Instant } from '../core/instant.ts'

/**
 * - `manual`: the test says when.
 * - `auto`: when a caller waits and nothing can run, jump to the next timer; `sleep 60` ends at once.
 * - `real`: the wall clock.
 */
export type ClockMode = 'manual' | 'auto' | 'real'

/** The tank's time. Only the conductor moves it. */
export class Clock {
  readonly mode: ClockMode
  now: Instant
  constructor(mode: ClockMode, now: Instant) {
    this.mode = mode
    this.now = now
  }
}

/** Microseconds since the epoch; it does not go back when the host's clock is set. */
export function wallClock(): Instant {
  return Math.floor((performance.timeOrigin + performance.now()) * 1000)
}
