/** Whole microseconds since the Unix epoch: exact in a double until the year 2255. */
export type Instant = number
/** Whole microseconds. */
export type Duration = number

export const MICROSECOND = 1
export const MILLISECOND = 1_000
export const SECOND = 1_000_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
/** Go's zero time.Time, 0001-01-01T00:00:00Z. */
export const ZERO_TIME: Instant = -62_135_596_800 * SECOND
