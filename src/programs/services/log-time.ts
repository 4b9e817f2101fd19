import { type Instant, MILLISECOND } from '../../core/instant.ts'
import { calendar, DAYS, MONTHS } from '../text/format-time.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** The parts of a UTC date, for the many ways in which servers write it. */
export interface Parts {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly minute: string
  readonly second: string
  readonly millisecond: string
  readonly microsecond: string
  readonly monthName: string
  readonly dayName: string
}

/** The calendar of an instant. */
export function partsOf(instant: Instant): Parts {
  const at = calendar(instant)
  return {
    year: String(at.year),
    month: two(at.month),
    day: two(at.day),
    hour: two(at.hour),
    minute: two(at.minute),
    second: two(at.second),
    millisecond: String(Math.floor(at.microsecond / MILLISECOND)).padStart(3, '0'),
    microsecond: String(at.microsecond).padStart(6, '0'),
    monthName: MONTHS[at.month - 1]!.slice(0, 3),
    dayName: DAYS[at.weekday]!.slice(0, 3),
  }
}

/** `2024/01/02 03:04:05`, as nginx logs. */
export function slashTime(instant: Instant): string {
  const { year, month, day, hour, minute, second } = partsOf(instant)
  return `${year}/${month}/${day} ${hour}:${minute}:${second}`
}

/** `02/Jan/2024:03:04:05 +0000`, as access logs have it. */
export function accessTime(instant: Instant): string {
  const { year, monthName, day, hour, minute, second } = partsOf(instant)
  return `${day}/${monthName}/${year}:${hour}:${minute}:${second} +0000`
}

/** `Tue, 02 Jan 2024 03:04:05 GMT`, as HTTP has it. */
export function httpTime(instant: Instant): string {
  const { year, monthName, dayName, day, hour, minute, second } = partsOf(instant)
  return `${dayName}, ${day} ${monthName} ${year} ${hour}:${minute}:${second} GMT`
}

/** `2024-01-02 03:04:05` and `.678`. */
export function dashTime(instant: Instant): string {
  const { year, month, day, hour, minute, second } = partsOf(instant)
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}
