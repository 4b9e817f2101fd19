import { sha384, sha512 } from '../../core/sha512.ts'
import { digestOf } from '../../storage/digest.ts'

/** The algorithms that a registry knows, with the length of their digests in hex. opencontainers/go-digest */
const LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/** Whether `text` is a digest by one of the algorithms, written as the specifications want it. */
export function isDigest(text: string): boolean {
  const [, algorithm = '', hex = ''] = /^(sha(?:256|384|512)):([0-9a-f]+)$/.exec(text) ?? []
  return hex !== '' && hex.length === LENGTHS[algorithm]
}

/** The digest of the parts by the algorithm of another one. */
export function digestLike(digest: string, parts: readonly Uint8Array[]): string {
  if (digest.startsWith('sha384:')) return `sha384:${sha384(...parts)}`
  return digest.startsWith('sha512:') ? `sha512:${sha512(...parts)}` : digestOf(...parts)
}
