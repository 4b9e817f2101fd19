import { BackwardBits } from './backward-bits.ts'
import { readTable } from './fse-counts.ts'
import { Input } from './input.ts'
import { corrupt } from './invalid.ts'

const MOST_BITS = 11
const MOST_SYMBOLS = 256

/** A code for literals, looked up by the next bits. */
export class Huffman {
  readonly #bits: number
  readonly #symbols: Uint8Array
  readonly #lengths: Uint8Array

  /** @param weights By symbol: the larger, the shorter is its code. 0: it does not occur. */
  constructor(weights: readonly number[]) {
    const sum = weights.reduce((all, weight) => all + (weight > 0 ? 2 ** (weight - 1) : 0), 0)
    this.#bits = 32 - Math.clz32(sum)
    const last = 2 ** this.#bits - sum
    if (sum === 0 || this.#bits > MOST_BITS || (last & (last - 1)) !== 0) throw corrupt()
    this.#symbols = new Uint8Array(2 ** this.#bits)
    this.#lengths = new Uint8Array(2 ** this.#bits)
    this.#fill([...weights, 32 - Math.clz32(last)])
  }

  #fill(weights: readonly number[]): void {
    let at = 0
    for (let weight = 1; weight <= this.#bits; weight++)
      for (const [symbol, own] of weights.entries()) {
        if (own !== weight) continue
        const end = at + 2 ** (weight - 1)
        this.#symbols.fill(symbol, at, end)
        this.#lengths.fill(this.#bits + 1 - weight, at, end)
        at = end
      }
  }

  /** Fills `out` with what the whole of `bytes` stands for. */
  decode(bytes: Uint8Array, out: Uint8Array): void {
    const bits = new BackwardBits(bytes)
    const mask = 2 ** this.#bits - 1
    let state = bits.read(this.#bits)
    for (let at = 0; at < out.length; at++) {
      out[at] = this.#symbols[state]!
      const length = this.#lengths[state]!
      state = ((state << length) & mask) + bits.read(length)
    }
    if (bits.left !== -this.#bits) throw corrupt()
  }
}

/** The code that stands in the input: its weights as they are, or packed. */
export function readHuffman(input: Input): Huffman {
  const head = input.byte()
  if (head < 128) return new Huffman(unpacked(input.take(head)))
  const count = head - 127
  const bytes = input.take((count + 1) >> 1)
  return new Huffman(Array.from({ length: count }, (_, at) => (bytes[at >> 1]! >> (at % 2 === 0 ? 4 : 0)) & 15))
}

/** Two states take turns, until there are no more bits. */
function unpacked(bytes: Uint8Array): number[] {
  const input = new Input(bytes)
  const table = readTable(input, { log: 6, symbol: 255 })
  const bits = new BackwardBits(input.rest())
  const weights: number[] = []
  let [state, other] = [bits.read(table.log), bits.read(table.log)]
  while (bits.left >= 0) {
    weights.push(table.symbols[state]!)
    ;[state, other] = [other, table.next(state, bits)]
    if (weights.length >= MOST_SYMBOLS) throw corrupt()
  }
  weights.push(table.symbols[state]!)
  if (weights.some((weight) => weight > MOST_BITS + 1)) throw corrupt()
  return weights
}
