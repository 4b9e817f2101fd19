import type { Bits } from './bits.ts'
import { type Code, readCode } from './code.ts'
import { invalid } from './invalid.ts'

const GROUP = 50
const MOST_CODES = 6
const RUN_A = 0
const RUN_B = 1

/** The bytes of a block, run lengths still in them. `size`: how many there may be. */
export function readBlock(bits: Bits, size: number): Uint8Array {
  if (bits.flag()) throw invalid('deprecated randomized files')
  const pointer = bits.take(24)
  const used = usedBytes(bits)
  if (used.length === 0) throw invalid('no symbols in input')
  const number = bits.take(3)
  if (number < 2 || number > MOST_CODES) throw invalid('invalid number of Huffman trees')
  const selectors = readSelectors(bits, number)
  const codes = Array.from({ length: number }, () => readCode(bits, used.length + 2))
  const sorted = readSorted(bits, { used, selectors, codes, size })
  if (sorted.length > 0 && pointer >= sorted.length) throw invalid('pointer out of bounds')
  return unsorted(sorted, pointer)
}

/** Which bytes occur: one bit for each sixteen, then one for each of those. */
function usedBytes(bits: Bits): Uint8Array {
  const ranges = bits.take(16)
  const used: number[] = []
  for (let range = 0; range < 16; range++) {
    if (!(ranges & (0x8000 >> range))) continue
    const members = bits.take(16)
    for (let i = 0; i < 16; i++) if (members & (0x8000 >> i)) used.push(16 * range + i)
  }
  return Uint8Array.from(used)
}

/** Which code each group of fifty symbols has, written as places in a list whose last used stands first. */
function readSelectors(bits: Bits, number: number): Uint8Array {
  const count = bits.take(15)
  if (count === 0) throw invalid('no tree selectors given')
  const order = Array.from({ length: number }, (_, i) => i)
  return Uint8Array.from({ length: count }, () => {
    let place = 0
    while (bits.flag()) if (++place >= number) throw invalid('tree index too large')
    const [code = 0] = order.splice(place, 1)
    order.unshift(code)
    return code
  })
}

interface Coded {
  readonly used: Uint8Array
  readonly selectors: Uint8Array
  readonly codes: readonly Code[]
  readonly size: number
}

/** The sorted bytes: places in a list whose last used stands first, and runs of the first, as numbers of two digits. */
function readSorted(bits: Bits, { used, selectors, codes, size }: Coded): Uint8Array {
  const sorted = new Uint8Array(size)
  const order = used.slice()
  const end = used.length + 1
  const symbols = symbolsOf(bits, selectors, codes)
  let [length, run, digit] = [0, 0, 1]
  for (;;) {
    const symbol = symbols()
    if (symbol === RUN_A || symbol === RUN_B) {
      run += digit << symbol
      digit *= 2
      if (run > size) throw invalid('repeat count too large')
      continue
    }
    if (length + run > size) throw invalid('repeats past end of block')
    sorted.fill(order[0]!, length, length + run)
    length += run
    ;[run, digit] = [0, 1]
    if (symbol === end) return sorted.subarray(0, length)
    if (length === size) throw invalid('data exceeds block size')
    const byte = order[symbol - 1]!
    order.copyWithin(1, 0, symbol - 1)
    sorted[length++] = order[0] = byte
  }
}

/** The next symbol, by the code of its group. */
function symbolsOf(bits: Bits, selectors: Uint8Array, codes: readonly Code[]): () => number {
  let [group, left] = [0, 0]
  let code = codes[0]!
  return () => {
    if (left === 0) {
      if (group === selectors.length) throw invalid('insufficient selector indices for number of decoded symbols')
      code = codes[selectors[group++]!]!
      left = GROUP
    }
    left--
    return code.symbol(bits)
  }
}

/** Undoes the Burrows–Wheeler transform. */
function unsorted(sorted: Uint8Array, pointer: number): Uint8Array {
  const starts = new Uint32Array(257)
  for (const byte of sorted) starts[byte + 1]!++
  for (let byte = 0; byte < 256; byte++) starts[byte + 1]! += starts[byte]!
  const next = new Uint32Array(sorted.length)
  for (let i = 0; i < sorted.length; i++) next[starts[sorted[i]!]!++] = i
  const out = new Uint8Array(sorted.length)
  for (let i = 0, at = pointer; i < sorted.length; i++) {
    at = next[at]!
    out[i] = sorted[at]!
  }
  return out
}
