import { type Digest, digestOf } from './digest.ts'

/**
 * Bytes by digest. Append-only, and so shared by all forks of a world: a digest means the same bytes in each of them.
 * Whoever puts bytes in gives them away: they are not copied, and nobody may change them.
 */
export class Blobs {
  readonly #blobs = new Map<Digest, Uint8Array>()

  /** Keeps `bytes`; equal bytes are kept once. */
  put(bytes: Uint8Array): Digest {
    const digest = digestOf(bytes)
    if (!this.#blobs.has(digest)) this.#blobs.set(digest, bytes)
    return digest
  }

  /** Keeps bytes whose digest is already known to be `digest`. */
  adopt(digest: Digest, bytes: Uint8Array): void {
    if (!this.#blobs.has(digest)) this.#blobs.set(digest, bytes)
  }

  get(digest: Digest): Uint8Array | undefined {
    return this.#blobs.get(digest)
  }

  has(digest: Digest): boolean {
    return this.#blobs.has(digest)
  }

  get size(): number {
    return this.#blobs.size
  }

  /** In the order they came in. */
  entries(): IterableIterator<[Digest, Uint8Array]> {
    return this.#blobs.entries()
  }
}
