import { type Instant, SECOND } from '../../core/instant.ts'
import { calendar, daysOf } from '../text/format-time.ts'

const DAY_SECONDS = 86_400

/** The forms that busybox's -d takes; undefined: none of them. */
export function parseDate(text: string, now: Instant): Instant | undefined {
  if (/^@-?\d+$/.test(text)) return Number(text.slice(1)) * SECOND
  const clock = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})\.(\d\d)\.(\d\d)-)?[ T]?(?:(\d\d):(\d\d)(?::(\d\d))?)?Z?$/.exec(text)
  if (clock && text !== '') {
    const [, y1, m1, d1, y2, m2, d2, hour, minute, second] = clock
    const year = y1 ?? y2
    const today = calendar(now)
    const days = year
      ? daysOf(Number(year), Number(m1 ?? m2), Number(d1 ?? d2))
      : daysOf(today.year, today.month, today.day)
    return (days * DAY_SECONDS + Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0)) * SECOND
  }
  const packed = /^(?:(\d{4})|(\d\d))?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text)
  if (!packed) return undefined
  const [, full, short, month, day, hour, minute, second] = packed
  const year = full ? Number(full) : short ? 2000 + Number(short) : calendar(now).year
  return (
    (daysOf(year, Number(month), Number(day)) * DAY_SECONDS +
      Number(hour) * 3600 +
      Number(minute) * 60 +
      Number(second ?? 0)) *
    SECOND
  )
}
