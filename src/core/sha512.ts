import { sha384 as create384, sha512 as create512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

type Create = typeof create512

const hexOf = (hash: ReturnType<Create['create']>, parts: readonly Uint8Array[]): string => {
  for (const part of parts) hash.update(part)
  return bytesToHex(hash.digest())
}

/** SHA-384 of the parts one after the other, as 96 lower-case hex digits. FIPS 180-4 */
export const sha384 = (...parts: readonly Uint8Array[]): string => hexOf(create384.create(), parts)

/** SHA-512 of the parts one after the other, as 128 lower-case hex digits. FIPS 180-4 */
export const sha512 = (...parts: readonly Uint8Array[]): string => hexOf(create512.create(), parts)
