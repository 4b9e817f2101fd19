import { type Instant, MILLISECOND, SECOND } from '../../core/instant.ts'

const DAY = 86_400
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
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

/** The calendar of an instant (Howard Hinnant's civil_from_days). */
export function partsOf(instant: Instant): Parts {
  const seconds = Math.floor(instant / SECOND)
  const days = Math.floor(seconds / DAY)
  const inDay = seconds - days * DAY
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const slot = Math.floor((5 * dayOfYear + 2) / 153)
  const month = slot < 10 ? slot + 3 : slot - 9
  const micros = instant - seconds * SECOND
  return {
    year: String(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)),
    month: two(month),
    day: two(dayOfYear - Math.floor((153 * slot + 2) / 5) + 1),
    hour: two(Math.floor(inDay / 3600)),
    minute: two(Math.floor(inDay / 60) % 60),
    second: two(inDay % 60),
    millisecond: String(Math.floor(micros / MILLISECOND)).padStart(3, '0'),
    microsecond: String(micros).padStart(6, '0'),
    monthName: MONTHS[month - 1]!,
    dayName: DAYS[(((days + 4) % 7) + 7) % 7]!,
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
