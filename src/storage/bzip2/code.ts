import type { Bits } from './bits.ts'
import { invalid } from './invalid.ts'

const LONGEST = 20

/** A prefix code, read bit by bit: the codes of a length are consecutive numbers. */
export class Code {
  /** By length: the first code, the index of its symbol, and how many there are. */
  readonly #first = new Int32Array(LONGEST + 2)
  readonly #index = new Int32Array(LONGEST + 2)
  readonly #number = new Int32Array(LONGEST + 2)
  readonly #symbols: Uint16Array

  /** @param lengths of the code of each symbol. */
  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.#number[length]!++
    this.#symbols = new Uint16Array(lengths.length)
    const next = new Int32Array(LONGEST + 2)
    for (let length = 1, code = 0, index = 0; length <= LONGEST; length++) {
      this.#first[length] = code
      this.#index[length] = next[length] = index
      code = (code + this.#number[length]!) << 1
      index += this.#number[length]!
    }
    lengths.forEach((length, symbol) => {
      this.#symbols[next[length]!++] = symbol
    })
  }

  symbol(bits: Bits): number {
    for (let length = 1, code = 0; length <= LONGEST; length++) {
      code = (code << 1) | bits.take(1)
      const offset = code - this.#first[length]!
      if (offset >= 0 && offset < this.#number[length]!) return this.#symbols[this.#index[length]! + offset]!
    }
    throw invalid('Huffman code out of range')
  }
}

/** Lengths are written as steps from one to the next. */
export function readCode(bits: Bits, symbols: number): Code {
  const lengths = new Uint8Array(symbols)
  let length = bits.take(5)
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > LONGEST) throw invalid('Huffman length out of range')
      if (!bits.flag()) break
      length += bits.flag() ? -1 : 1
    }
    lengths[symbol] = length
  }
  return new Code(lengths)
}
