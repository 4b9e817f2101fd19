import { ArchiveError } from '../archive-error.ts'

/** Gathers bytes in one growing buffer, and no more of them than allowed. */
export class Sink {
  readonly #limit: number
  #bytes: Uint8Array
  #used = 0

  constructor(limit: number, expected: number) {
    this.#limit = limit
    this.#bytes = new Uint8Array(Math.min(limit, expected))
  }

  add(part: Uint8Array): void {
    const at = this.#used
    this.reserve(part.length).set(part, at)
  }

  /** Counts `size` more bytes as gathered; the caller writes them into the buffer that it is given, behind what was there. */
  reserve(size: number): Uint8Array {
    const used = this.#used + size
    if (used > this.#limit) throw new ArchiveError(`archive is larger than ${this.#limit} bytes when decompressed`)
    if (used > this.#bytes.length) {
      const bytes = new Uint8Array(Math.min(this.#limit, Math.max(used, 2 * this.#bytes.length)))
      bytes.set(this.#bytes.subarray(0, this.#used))
      this.#bytes = bytes
    }
    this.#used = used
    return this.#bytes
  }

  get length(): number {
    return this.#used
  }

  /** What has been gathered from `from` on: a view. */
  since(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.#used)
  }
}
