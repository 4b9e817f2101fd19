import type * as Crypto from 'node:crypto'
import { createRequire } from 'node:module'

let loaded: typeof Crypto | undefined

/** node:crypto, loaded with the first hash: Node takes as long for it as for a third of wavetank. */
function crypto(): typeof Crypto {
  loaded ??= createRequire(import.meta.url)('node:crypto') as typeof Crypto
  return loaded
}

/** SHA-256 of the parts one after the other, as 64 lower-case hex digits. The twin of core/sha256-noble.ts. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const { createHash, hash } = crypto()
  // One call is several times as fast as an object that is fed, and most hashes are of one short text.
  if (parts.length === 1) return hash('sha256', parts[0]!)
  const whole = createHash('sha256')
  for (const part of parts) whole.update(part)
  return whole.digest('hex')
}
