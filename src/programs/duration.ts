import { type Duration, HOUR, MILLISECOND, MINUTE, SECOND } from '../core/instant.ts'

/** `'200ms'`, `'1.5s'`, `'2m'`, `'1h'`, or a number of milliseconds. */
export type Time = number | `${number}${'us' | 'ms' | 's' | 'm' | 'h'}`

const UNITS: Readonly<Record<string, Duration>> = { us: 1, ms: MILLISECOND, s: SECOND, m: MINUTE, h: HOUR }

export function durationOf(time: Time): Duration {
  if (typeof time === 'number') return Math.max(0, Math.round(time * MILLISECOND))
  const found = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(time)
  if (!found) throw new TypeError(`not a duration: ${time}`)
  return Math.round(Number(found[1]) * UNITS[found[2]!]!)
}
