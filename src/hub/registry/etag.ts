import type { Input } from '../../http/input.ts'

/** Whether the client has it already. */
export function unchanged({ request }: Input, digest: string): boolean {
  const asked = request.headers['if-none-match']
  const tags = asked?.split(',').map((tag) => tag.trim().replace(/^W\//, '').replace(/"/g, ''))
  return tags?.includes(digest) ?? false
}
