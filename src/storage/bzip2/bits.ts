import { unexpectedEOF } from '../archive-error.ts'

/** Reads bits, the highest of a byte first. */
export class Bits {
  readonly #bytes: Uint8Array
  #at: number
  /** Bits read of bytes already taken, at most 31 of them. */
  #held = 0
  #count = 0

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  /** The next `count` bits, at most 24. */
  take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw unexpectedEOF()
      this.#held = ((this.#held << 8) | this.#bytes[this.#at++]!) >>> 0
      this.#count += 8
    }
    this.#count -= count
    const value = this.#held >>> this.#count
    this.#held &= (1 << this.#count) - 1
    return value
  }

  flag(): boolean {
    return this.take(1) === 1
  }

  /** 48 bits, as a number. */
  magic(): number {
    return this.take(24) * 2 ** 24 + this.take(24)
  }

  checksum(): number {
    return (this.take(16) * 2 ** 16 + this.take(16)) >>> 0
  }

  /** The index of the next byte that nothing was read of. */
  align(): number {
    this.#held = 0
    const whole = this.#count >> 3
    this.#count = 0
    this.#at -= whole
    return this.#at
  }
}
