import { createHash, hash } from 'node:crypto'

/** SHA-256 of the parts one after the other, as 64 lower-case hex digits. The twin of core/sha256-noble.ts. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  // One call is several times as fast as an object that is fed, and most hashes are of one short text.
  if (parts.length === 1) return hash('sha256', parts[0]!)
  const whole = createHash('sha256')
  for (const part of parts) whole.update(part)
  return whole.digest('hex')
}
