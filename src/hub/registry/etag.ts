import type { Input } from '../../http/input.ts'

const tagsIn = (header: string): string[] => header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))

/** Whether the client has the manifest already: its digest, with or without quotes. distribution: registry/handlers/manifests.go */
export function unchanged({ request }: Input, digest: string): boolean {
  const tags = tagsIn(request.headers['if-none-match'] ?? '')
  return tags.some((tag) => tag === digest || tag === `"${digest}"`)
}

/** What becomes of a blob that is asked for on a condition. Go: net/http checkPreconditions */
export function condition({ request: { headers } }: Input, digest: string): 'failed' | 'unchanged' | 'good' {
  const holds = (header: string) => tagsIn(header).some((tag) => tag === '*' || tag === `"${digest}"`)
  const { 'if-match': wanted, 'if-none-match': known } = headers
  if (wanted !== undefined && !holds(wanted)) return 'failed'
  return known !== undefined && holds(known) ? 'unchanged' : 'good'
}

/** The part that is asked for, if it is one of what the client has begun with. */
export function rangeOf({ request: { headers } }: Input, digest: string): string | undefined {
  const { range, 'if-range': begun } = headers
  return begun === undefined || begun === `"${digest}"` ? range : undefined
}
