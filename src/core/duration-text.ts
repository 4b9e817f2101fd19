import { type Duration, HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND } from './instant.ts'

/** Go's time.Duration.String: `1m30s`, `100ms`, `0s`. */
export function durationText(duration: Duration): string {
  if (duration === 0) return '0s'
  const sign = duration < 0 ? '-' : ''
  const size = Math.abs(duration)
  if (size < MILLISECOND) return `${sign}${size}µs`
  if (size < SECOND) return `${sign}${fraction(size, MILLISECOND)}ms`
  const hours = Math.floor(size / HOUR)
  const minutes = Math.floor((size % HOUR) / MINUTE)
  const head = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : ''
  return `${sign}${head}${fraction(size % MINUTE, SECOND)}s`
}

/** `size / unit` without the binary fraction's noise. */
function fraction(size: Duration, unit: Duration): string {
  const digits = String(unit).length - 1
  const rest = (size % unit).toString().padStart(digits, '0').replace(/0+$/, '')
  return `${Math.floor(size / unit)}${rest === '' ? '' : `.${rest}`}`
}

const UNITS: Readonly<Record<string, number>> = {
  ns: MICROSECOND / 1000,
  us: MICROSECOND,
  µs: MICROSECOND,
  μs: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
}
const WHOLE = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/** Go's time.ParseDuration, cut to microseconds; undefined where it gives an error. */
export function parseDuration(text: string): Duration | undefined {
  if (/^[+-]?0$/.test(text)) return 0
  if (!WHOLE.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(PART)) total += Number(amount) * UNITS[unit!]!
  return text.startsWith('-') ? -Math.trunc(total) : Math.trunc(total)
}
