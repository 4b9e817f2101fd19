import type { Instant } from '../../core/instant.ts'
import { rfc3339Fixed } from '../../core/rfc3339.ts'

/** `2021-07-20T12:00:00.000000Z`: always six digits. */
export const timestamp = (at: Instant): string => rfc3339Fixed(at).replace('000Z', 'Z')
export const timestampOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : timestamp(at))
