import type { Instant } from './instant.ts'

const NANOSECOND_DIGITS = '000'

/** Go's time.RFC3339Nano in UTC: trailing zeros of the fraction are cut off. */
export function rfc3339Nano(at: Instant): string {
  const { seconds, micros } = split(at)
  return micros === '000000' ? `${seconds}Z` : `${seconds}.${micros.replace(/0+$/, '')}Z`
}

/** As in logs with timestamps: always nine digits. */
export function rfc3339Fixed(at: Instant): string {
  const { seconds, micros } = split(at)
  return `${seconds}.${micros}${NANOSECOND_DIGITS}Z`
}

function split(at: Instant): { readonly seconds: string; readonly micros: string } {
  const whole = Math.floor(at / 1_000_000)
  const micros = (at - whole * 1_000_000).toString().padStart(6, '0')
  return { seconds: new Date(whole * 1000).toISOString().slice(0, 19), micros }
}

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/

/** Go's time.Parse(time.RFC3339Nano, text), cut to microseconds; undefined where it gives an error. */
export function parseRfc3339(text: string): Instant | undefined {
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`)
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return undefined
  return date.getTime() * 1000 - offset(zone) + Number(fraction.padEnd(6, '0').slice(0, 6))
}

function offset(zone: string): number {
  if (zone === 'Z') return 0
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000_000
}
