import { corrupt } from './invalid.ts'

/** Reads bits from the end of some bytes to their beginning. The highest bit that is set in the last byte only marks the end. */
export class BackwardBits {
  readonly #bytes: Uint8Array
  /** Bits that are left; below zero: so many were read that are not there, as zeros. */
  left: number

  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1)
    if (!last) throw corrupt()
    this.#bytes = bytes
    this.left = bytes.length * 8 - (Math.clz32(last) - 24) - 1
  }

  /** The next bits as a number, at most 31 of them. */
  read(count: number): number {
    this.left -= count
    if (this.left >= 0) return this.#at(this.left, count)
    const there = count + this.left
    return there > 0 ? this.#at(0, there) * 2 ** -this.left : 0
  }

  #at(bit: number, count: number): number {
    const [byte, shift] = [bit >>> 3, bit & 7]
    const bytes = this.#bytes
    const low = (bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16) | (bytes[byte + 3]! << 24)) >>> 0
    if (shift + count <= 32) return count === 32 ? low : (low >>> shift) & (2 ** count - 1)
    return Math.floor((low + (bytes[byte + 4] ?? 0) * 2 ** 32) / 2 ** shift) % 2 ** count
  }
}
