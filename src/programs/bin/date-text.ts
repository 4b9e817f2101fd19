import { type Instant, SECOND } from '../../core/instant.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAY_SECONDS = 86_400

/** A moment taken apart, in UTC: containers know no other zone. */
export interface CivilTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Microseconds within the second. */
  readonly micros: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1 to 366. */
  readonly yearDay: number
}

/** Proleptic Gregorian calendar from days since 1970 (H. Hinnant's algorithm). */
export function civil(at: Instant): CivilTime {
  const seconds = Math.floor(at / SECOND)
  const days = Math.floor(seconds / DAY_SECONDS)
  const rest = seconds - days * DAY_SECONDS
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return {
    year,
    month,
    day: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    micros: at - seconds * SECOND,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFrom(year, 1, 1) + 1,
  }
}

/** Days since 1970 of a civil date. */
export function daysFrom(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const two = (value: number) => String(value).padStart(2, '0')

/** strftime(3) in the C locale and UTC. */
export function strftime(format: string, at: Instant): string {
  const time = civil(at)
  return format.replace(/%([-_0]?)([a-zA-Z%+])/g, (whole, pad: string, code: string) => {
    const text = conversion(code, time, at)
    if (text === undefined) return whole
    return pad === '-'
      ? text.replace(/^[0 ]+(?=\d)/, '')
      : pad === '_'
        ? text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length))
        : text
  })
}

function conversion(code: string, time: CivilTime, at: Instant): string | undefined {
  const { year, month, day, hour, minute, second } = time
  const table: Readonly<Record<string, () => string>> = {
    Y: () => String(year),
    C: () => two(Math.floor(year / 100)),
    y: () => two(year % 100),
    m: () => two(month),
    d: () => two(day),
    e: () => String(day).padStart(2),
    H: () => two(hour),
    I: () => two(hour % 12 || 12),
    k: () => String(hour).padStart(2),
    l: () => String(hour % 12 || 12).padStart(2),
    M: () => two(minute),
    S: () => two(second),
    s: () => String(Math.floor(at / SECOND)),
    N: () => String(time.micros * 1000).padStart(9, '0'),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    P: () => (hour < 12 ? 'am' : 'pm'),
    a: () => DAYS[time.weekday]!.slice(0, 3),
    A: () => DAYS[time.weekday]!,
    b: () => MONTHS[month - 1]!.slice(0, 3),
    h: () => MONTHS[month - 1]!.slice(0, 3),
    B: () => MONTHS[month - 1]!,
    j: () => String(time.yearDay).padStart(3, '0'),
    u: () => String(time.weekday || 7),
    w: () => String(time.weekday),
    U: () => two(Math.floor((time.yearDay + 6 - time.weekday) / 7)),
    W: () => two(Math.floor((time.yearDay + 6 - ((time.weekday + 6) % 7)) / 7)),
    V: () => two(isoWeek(time)),
    Z: () => 'UTC',
    z: () => '+0000',
    c: () => strftime('%a %b %e %H:%M:%S %Y', at),
    D: () => strftime('%m/%d/%y', at),
    x: () => strftime('%m/%d/%y', at),
    F: () => strftime('%Y-%m-%d', at),
    T: () => strftime('%H:%M:%S', at),
    X: () => strftime('%H:%M:%S', at),
    R: () => strftime('%H:%M', at),
    r: () => strftime('%I:%M:%S %p', at),
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
  }
  return table[code]?.()
}

function isoWeek({ year, yearDay, weekday }: CivilTime): number {
  const week = Math.floor((yearDay - (weekday || 7) + 10) / 7)
  if (week < 1) return isoWeek(civil(daysFrom(year - 1, 12, 31) * DAY_SECONDS * SECOND))
  const nextJanuary = (daysFrom(year + 1, 1, 4) + 3) % 7
  const lastMonday = daysFrom(year + 1, 1, 4) - nextJanuary
  return daysFrom(year, 1, 1) + yearDay - 1 >= lastMonday ? 1 : week
}

/** The forms that busybox's -d takes; undefined: none of them. */
export function parseDate(text: string, now: Instant): Instant | undefined {
  if (/^@-?\d+$/.test(text)) return Number(text.slice(1)) * SECOND
  const clock = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})\.(\d\d)\.(\d\d)-)?[ T]?(?:(\d\d):(\d\d)(?::(\d\d))?)?Z?$/.exec(text)
  if (clock && text !== '') {
    const [, y1, m1, d1, y2, m2, d2, hour, minute, second] = clock
    const year = y1 ?? y2
    const today = civil(now)
    const days = year
      ? daysFrom(Number(year), Number(m1 ?? m2), Number(d1 ?? d2))
      : daysFrom(today.year, today.month, today.day)
    return (days * DAY_SECONDS + Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0)) * SECOND
  }
  const packed = /^(?:(\d{4})|(\d\d))?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text)
  if (!packed) return undefined
  const [, full, short, month, day, hour, minute, second] = packed
  const year = full ? Number(full) : short ? 2000 + Number(short) : civil(now).year
  return (
    (daysFrom(year, Number(month), Number(day)) * DAY_SECONDS +
      Number(hour) * 3600 +
      Number(minute) * 60 +
      Number(second ?? 0)) *
    SECOND
  )
}
