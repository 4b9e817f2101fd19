import { sha256 } from '#sha256'
import type { Instant } from './instant.ts'

/** Everything a decision may know beyond the state. It is a function of (seed, position, now): no generator sits in the state. */
export interface Env {
  readonly now: Instant
  /** How many events happened before this command. */
  readonly position: number
  /** 64 lower-case hex digits; each call within one command gives another. */
  id(): string
  /** A number in [0, 1); each call within one command gives another. */
  random(): number
}

/** The environment of the command at `position` in the world of `seed`. */
export function env(seed: string, position: number, now: Instant): Env {
  let n = 0
  const next = () => sha256(`${seed}\n${position}\n${n++}`)
  return {
    now,
    position,
    id: next,
    random: () => Number.parseInt(next().slice(0, 12), 16) / 2 ** 48,
  }
}
