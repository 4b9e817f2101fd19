import { sha256 as create } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 of the parts one after the other, as 64 lower-case hex digits. The browser's twin of node/sha256.ts. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = create.create()
  for (const part of parts) hash.update(typeof part === 'string' ? utf8ToBytes(part) : part)
  return bytesToHex(hash.digest())
}
