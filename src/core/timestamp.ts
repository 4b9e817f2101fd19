import { parseDuration } from './duration-text.ts'
import { type Instant, SECOND } from './instant.ts'
import { parseRfc3339 } from './rfc3339.ts'

/**
 * moby's timestamp.GetTimestamp and ParseTimestamps together: a duration back from `now`, unix seconds with a fraction,
 * RFC 3339 or a shortened form of it (the daemon's zone is UTC). Undefined: none of these.
 */
export function parseTimestamp(text: string, now: Instant): Instant | undefined {
  const back = parseDuration(text)
  if (back !== undefined && !/^[+-]?\d+$/.test(text)) return now - back
  return parseUnix(text) ?? parseRfc3339(completed(text))
}

/** Unix seconds with up to nine digits of a fraction, as clients send them. */
export function parseUnix(text: string): Instant | undefined {
  const match = /^(-?\d+)(?:\.(\d{1,9}))?$/.exec(text)
  if (!match) return undefined
  return Number(match[1]) * SECOND + Number((match[2] ?? '').padEnd(6, '0').slice(0, 6))
}

/** `2025-01-01`, `2025-01-01T10`, `2025-01-01T10:30`, `2025-01-01T10:30:00`, each with or without a zone. */
function completed(text: string): string {
  const [, date = text, time = '', zone = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:T([\d:.,]*))?(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? []
  const parts = time === '' ? [] : time.split(':')
  while (parts.length < 3) parts.push('00')
  return `${date}T${parts.join(':')}${zone || 'Z'}`
}
