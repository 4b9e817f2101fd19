import { corrupt } from './invalid.ts'

/** How likely a zero is, in 2048ths: what every bit begins with. */
const EVEN = 1024
const TOP = 2 ** 24

/** Probabilities of bits of which nothing is known yet. */
export const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(EVEN)

/** Takes bits out of a number that was narrowed down by how likely each was. */
export class RangeDecoder {
  readonly #bytes: Uint8Array
  #at = 5
  #range = 0xffffffff
  #code = 0

  constructor(bytes: Uint8Array) {
    if (bytes.length < 5 || bytes[0] !== 0) throw corrupt()
    this.#bytes = bytes
    for (let at = 1; at < 5; at++) this.#code = ((this.#code << 8) | bytes[at]!) >>> 0
  }

  #normalize(): void {
    if (this.#range >= TOP) return
    if (this.#at >= this.#bytes.length) throw corrupt()
    this.#range = (this.#range << 8) >>> 0
    this.#code = ((this.#code << 8) | this.#bytes[this.#at++]!) >>> 0
  }

  /** A bit whose probability stands in the table, which learns from it. */
  bit(table: Uint16Array, index: number): number {
    this.#normalize()
    const probability = table[index]!
    const bound = (this.#range >>> 11) * probability
    if (this.#code < bound) {
      this.#range = bound
      table[index] = probability + ((2048 - probability) >> 5)
      return 0
    }
    this.#range -= bound
    this.#code -= bound
    table[index] = probability - (probability >> 5)
    return 1
  }

  /** Bits that are as likely as not, the highest first. */
  direct(count: number): number {
    let value = 0
    for (let left = count; left > 0; left--) {
      this.#normalize()
      this.#range >>>= 1
      const bit = this.#code >= this.#range ? 1 : 0
      if (bit) this.#code -= this.#range
      value = value * 2 + bit
    }
    return value
  }

  /** A number of so many bits, the highest first; each bit has a probability for all that stood before it. */
  tree(table: Uint16Array, bits: number, offset = 0): number {
    let node = 1
    for (let left = bits; left > 0; left--) node = node * 2 + this.bit(table, offset + node)
    return node - 2 ** bits
  }

  /** The same, the lowest bit first. */
  reverseTree(table: Uint16Array, bits: number, offset = 0): number {
    let [node, value] = [1, 0]
    for (let at = 0; at < bits; at++) {
      const bit = this.bit(table, offset + node)
      node = node * 2 + bit
      value += bit << at
    }
    return value
  }

  /** All must have been used up. */
  finish(): void {
    this.#normalize()
    if (this.#code !== 0 || this.#at !== this.#bytes.length) throw corrupt()
  }
}
