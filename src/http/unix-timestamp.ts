import type { Instant } from '../core/instant.ts'
import { Problem } from '../core/problem.ts'
import { parseUnix } from '../core/timestamp.ts'

/** `1795504098.000000001`, or the refusal that this engine gives for anything else. moby: timestamp.ParseTimestamps */
export function unixTimestamp(text: string): Instant {
  const at = parseUnix(text)
  if (at !== undefined) return at
  const [whole = '', fraction = ''] = text.split('.')
  const broken = /^[+-]?\d+$/.test(whole) ? fraction : whole
  throw new Problem('System', `strconv.ParseInt: parsing ${JSON.stringify(broken)}: invalid syntax`)
}
