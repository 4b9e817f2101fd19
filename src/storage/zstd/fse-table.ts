import type { BackwardBits } from './backward-bits.ts'
import { corrupt } from './invalid.ts'

/** A table of states: each stands for a symbol, and says with how many bits the next state is found. */
export class FseTable {
  readonly log: number
  readonly symbols: Uint8Array
  readonly #bits: Uint8Array
  readonly #bases: Uint16Array

  /** @param counts How often each symbol has a state; -1: less than once. */
  constructor(log: number, counts: readonly number[]) {
    const size = 1 << log
    this.log = log
    this.symbols = spread(log, counts)
    this.#bits = new Uint8Array(size)
    this.#bases = new Uint16Array(size)
    const next = counts.map((count) => Math.abs(count))
    for (let state = 0; state < size; state++) {
      const turn = next[this.symbols[state]!]!++
      const bits = log - (31 - Math.clz32(turn))
      this.#bits[state] = bits
      this.#bases[state] = (turn << bits) - size
    }
  }

  /** The state after this one. */
  next(state: number, bits: BackwardBits): number {
    return this.#bases[state]! + bits.read(this.#bits[state]!)
  }
}

/** One symbol, for ever: it takes no bits. */
export const single = (symbol: number): FseTable => {
  const counts = Array<number>(symbol + 1).fill(0)
  counts[symbol] = 1
  return new FseTable(0, counts)
}

/** Which symbol each state stands for: the rare ones at the end, the others strewn by a fixed step. */
function spread(log: number, counts: readonly number[]): Uint8Array {
  const size = 1 << log
  const symbols = new Uint8Array(size)
  let high = size
  for (const [symbol, count] of counts.entries()) if (count < 0) symbols[--high] = symbol
  const step = (size >> 1) + (size >> 3) + 3
  let at = 0
  for (const [symbol, count] of counts.entries())
    for (let left = count; left > 0; left--) {
      symbols[at] = symbol
      do at = (at + step) & (size - 1)
      while (at >= high && size > 1)
    }
  if (at !== 0 && size > 1) throw corrupt()
  return symbols
}
