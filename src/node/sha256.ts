import { createHash } from 'node:crypto'

/** SHA-256 of the parts one after the other, as 64 lower-case hex digits. The twin of core/sha256-noble.ts. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
