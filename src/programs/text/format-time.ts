import { type Instant, SECOND } from '../../core/instant.ts'

/** A moment by the calendar, in UTC: containers have no other time zone. */
export interface Calendar {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number
  /** 0: Sunday. */
  readonly weekday: number
  /** 1: the first of January. */
  readonly yearDay: number
  /** Seconds since the epoch. */
  readonly epoch: number
}

const DAY = 86_400

/** Days since the epoch of a date; months and days may overflow. */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function calendar(now: Instant): Calendar {
  const epoch = Math.floor(now / SECOND)
  const days = Math.floor(epoch / DAY)
  const rest = epoch - days * DAY
  const { year, month, day } = dateOf(days)
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
    microsecond: now - epoch * SECOND,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysOf(year, 1, 1) + 1,
    epoch,
  }
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

const two = (value: number) => String(value).padStart(2, '0')

/** strftime(3) in the C locale and in UTC. */
export function formatTime(format: string, now: Instant): string {
  const at = calendar(now)
  return format.replace(/%([-_0^#]?)([EO]?)([\s\S]?)/g, (whole, flag: string, _modifier, letter: string) => {
    const text = field(letter, at, now)
    if (text === undefined) return whole
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '')
    if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
    return flag === '^' ? text.toUpperCase() : text
  })
}

/** Conversions that stand for several others. */
const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
}

/** All others. */
const FIELDS: Readonly<Record<string, (at: Calendar) => string>> = {
  a: (at) => DAYS[at.weekday]!.slice(0, 3),
  A: (at) => DAYS[at.weekday]!,
  b: (at) => MONTHS[at.month - 1]!.slice(0, 3),
  h: (at) => MONTHS[at.month - 1]!.slice(0, 3),
  B: (at) => MONTHS[at.month - 1]!,
  C: (at) => two(Math.floor(at.year / 100)),
  d: (at) => two(at.day),
  e: (at) => String(at.day).padStart(2),
  G: (at) => String(isoWeek(at).year),
  g: (at) => two(isoWeek(at).year % 100),
  H: (at) => two(at.hour),
  I: (at) => two(at.hour % 12 || 12),
  j: (at) => String(at.yearDay).padStart(3, '0'),
  k: (at) => String(at.hour).padStart(2),
  l: (at) => String(at.hour % 12 || 12).padStart(2),
  m: (at) => two(at.month),
  M: (at) => two(at.minute),
  n: () => '\n',
  p: (at) => (at.hour < 12 ? 'AM' : 'PM'),
  P: (at) => (at.hour < 12 ? 'am' : 'pm'),
  s: (at) => String(at.epoch),
  S: (at) => two(at.second),
  t: () => '\t',
  u: (at) => String(at.weekday || 7),
  U: (at) => two(Math.floor((at.yearDay + 6 - at.weekday) / 7)),
  V: (at) => two(isoWeek(at).week),
  w: (at) => String(at.weekday),
  W: (at) => two(Math.floor((at.yearDay + 6 - ((at.weekday + 6) % 7)) / 7)),
  y: (at) => two(at.year % 100),
  Y: (at) => String(at.year),
  z: () => '+0000',
  Z: () => 'UTC',
  '%': () => '%',
}

function field(letter: string, at: Calendar, now: Instant): string | undefined {
  const composed = COMPOSED[letter]
  return composed === undefined ? FIELDS[letter]?.(at) : formatTime(composed, now)
}

/** The week of ISO 8601: the one with the year's first Thursday is the first. */
function isoWeek({ year, yearDay, weekday }: Calendar): { year: number; week: number } {
  const week = Math.floor((yearDay - (weekday || 7) + 10) / 7)
  if (week < 1) return { year: year - 1, week: weeksIn(year - 1) }
  return week > weeksIn(year) ? { year: year + 1, week: 1 } : { year, week }
}

function weeksIn(year: number): number {
  const weekdayOf = (day: number) => (((day + 4) % 7) + 7) % 7
  const first = weekdayOf(daysOf(year, 1, 1))
  const last = weekdayOf(daysOf(year, 12, 31))
  return first === 4 || last === 4 ? 53 : 52
}
