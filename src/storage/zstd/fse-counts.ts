import { FseTable } from './fse-table.ts'
import type { Input } from './input.ts'
import { corrupt } from './invalid.ts'

/** Reads bits from front to back, the lowest of a byte first. */
class ForwardBits {
  readonly #bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(count: number): number {
    let value = 0
    for (let bit = 0; bit < count; bit++, this.at++) {
      const byte = this.#bytes[this.at >> 3]
      if (byte === undefined) throw corrupt()
      value |= ((byte >> (this.at & 7)) & 1) << bit
    }
    return value
  }
}

/** A table that stands in the input. `most`: the largest logarithm of its size, and the highest symbol. */
export function readTable(input: Input, most: { readonly log: number; readonly symbol: number }): FseTable {
  const bits = new ForwardBits(input.bytes.subarray(input.at))
  const log = bits.read(4) + 5
  if (log > most.log) throw corrupt()
  const counts = readCounts(bits, 1 << log, most.symbol)
  input.take((bits.at + 7) >> 3)
  return new FseTable(log, counts)
}

function readCounts(bits: ForwardBits, states: number, highest: number): number[] {
  const counts: number[] = []
  let left = states
  while (left > 0 && counts.length <= highest) {
    const count = readCount(bits, left) - 1
    left -= Math.abs(count)
    counts.push(count)
    if (count !== 0) continue
    // Behind a zero stands how many more there are; three says that another such number follows.
    for (let more = 3; more === 3; ) {
      more = bits.read(2)
      counts.push(...Array<number>(more).fill(0))
    }
  }
  if (left !== 0 || counts.length > highest + 1) throw corrupt()
  return counts
}

/** A number up to `left` + 1: the small ones take a bit less. */
function readCount(bits: ForwardBits, left: number): number {
  const width = 32 - Math.clz32(left + 1)
  const half = 2 ** (width - 1)
  const spare = 2 ** width - 1 - (left + 1)
  const low = bits.read(width - 1)
  if (low < spare) return low
  const value = low + bits.read(1) * half
  return value >= half ? value - spare : value
}
