import { corrupt } from './invalid.ts'
import { literalTable, Model } from './model.ts'
import { RangeDecoder } from './range-decoder.ts'

/** From here on states tell that the last thing was no literal. */
const AFTER_MATCH = 7

/** LZMA in chunks: what it has learned and seen goes on from one to the next. */
export class Lzma {
  readonly #dictionary: number
  #literalContext = 0
  #literalPosition = 0
  #position = 0
  #model: Model | undefined
  #state = 0
  /** The last four distances, less one, the newest first. */
  #distances: [number, number, number, number] = [0, 0, 0, 0]
  /** Where that begins which matches may repeat. */
  #start = 0

  /** @param dictionary How far back a match may reach. */
  constructor(dictionary: number) {
    this.#dictionary = dictionary
  }

  /** Nothing before `start` may be repeated. New properties have to come before the next chunk. */
  forget(start: number): void {
    this.#start = start
    this.#model = undefined
  }

  /** One byte says how many bits of what stands before, and of the place, count. */
  setProperties(byte: number): void {
    if (byte >= 225) throw corrupt()
    this.#literalContext = byte % 9
    this.#literalPosition = Math.floor(byte / 9) % 5
    this.#position = Math.floor(byte / 45)
    if (this.#literalContext + this.#literalPosition > 4) throw corrupt()
    this.#begin()
  }

  /** Forgets what it has learned. */
  reset(): void {
    if (!this.#model) throw corrupt()
    this.#begin()
  }

  #begin(): void {
    this.#model = new Model(1 << (this.#literalContext + this.#literalPosition))
    this.#state = 0
    this.#distances = [0, 0, 0, 0]
  }

  /** Fills `out` from `from` up to `end`; what stands before is what matches repeat. */
  decode(chunk: Uint8Array, out: Uint8Array, from: number, end: number): void {
    const model = this.#model
    if (!model) throw corrupt()
    const range = new RangeDecoder(chunk)
    const mask = (1 << this.#position) - 1
    for (let at = from; at < end; ) {
      const position = (at - this.#start) & mask
      if (range.bit(model.match, (this.#state << 4) + position) === 0) this.#literal(range, model, out, at++)
      else at = this.#copy(out, at, end, this.#matchLength(range, model, position))
    }
    range.finish()
  }

  #literal(range: RangeDecoder, model: Model, out: Uint8Array, at: number): void {
    const before = at > this.#start ? out[at - 1]! : 0
    const place = (at - this.#start) & ((1 << this.#literalPosition) - 1)
    const table = literalTable((place << this.#literalContext) + (before >> (8 - this.#literalContext)))
    const expected = this.#state >= AFTER_MATCH ? this.#repeated(out, at) : undefined
    out[at] = literalByte(range, model.literals, table, expected)
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6
  }

  /** The byte that the last match would give here. */
  #repeated(out: Uint8Array, at: number): number {
    return out[at - this.#verified(at)]!
  }

  /** How far back the last distance reaches, if that far there is anything. */
  #verified(at: number): number {
    const distance = this.#distances[0] + 1
    if (distance > at - this.#start || distance > this.#dictionary) throw corrupt()
    return distance
  }

  /** Which match comes: its distance becomes the last one. */
  #matchLength(range: RangeDecoder, model: Model, position: number): number {
    const state = this.#state
    const late = state >= AFTER_MATCH
    if (range.bit(model.repeat, state) === 0) {
      this.#state = late ? 10 : 7
      const length = model.lengths.decode(range, position)
      this.#distances = [distanceOf(range, model, length), ...firstThree(this.#distances)]
      return length
    }
    if (range.bit(model.repeat0, state) === 0) {
      if (range.bit(model.repeat0Long, (state << 4) + position) === 0) {
        this.#state = late ? 11 : 9
        return 1
      }
    } else this.#distances = reordered(this.#distances, olderOf(range, model, state))
    this.#state = late ? 11 : 8
    return model.repeatLengths.decode(range, position)
  }

  /** The source may reach into what is being written. */
  #copy(out: Uint8Array, at: number, end: number, length: number): number {
    const distance = this.#verified(at)
    if (at + length > end) throw corrupt()
    for (let to = at; to < at + length; to++) out[to] = out[to - distance]!
    return at + length
  }
}

type Distances = [number, number, number, number]

const firstThree = ([a, b, c]: Distances): [number, number, number] => [a, b, c]

/** Which of the older distances it is. */
function olderOf(range: RangeDecoder, model: Model, state: number): 1 | 2 | 3 {
  if (range.bit(model.repeat1, state) === 0) return 1
  return range.bit(model.repeat2, state) === 0 ? 2 : 3
}

/** That one comes first. */
function reordered([a, b, c, d]: Distances, first: 1 | 2 | 3): Distances {
  return first === 1 ? [b, a, c, d] : first === 2 ? [c, a, b, d] : [d, a, b, c]
}

/** Behind a match, the byte that it would have gone on with says what to expect, as long as the bits are its own. */
function literalByte(range: RangeDecoder, table: Uint16Array, offset: number, expected: number | undefined): number {
  let node = 1
  for (let mask = expected ?? 0, same = expected !== undefined; node < 0x100; ) {
    if (!same) {
      node = (node << 1) | range.bit(table, offset + node)
      continue
    }
    const wanted = (mask >> 7) & 1
    mask <<= 1
    const bit = range.bit(table, offset + ((1 + wanted) << 8) + node)
    node = (node << 1) | bit
    same = bit === wanted
  }
  return node & 0xff
}

/** A distance, less one: its highest bits as a slot, which says how many more there are. */
function distanceOf(range: RangeDecoder, model: Model, length: number): number {
  const slot = range.tree(model.slots, 6, Math.min(length - 2, 3) << 6)
  if (slot < 4) return slot
  const bits = (slot >> 1) - 1
  const base = (2 | (slot & 1)) * 2 ** bits
  if (slot < 14) return base + range.reverseTree(model.distances, bits, base - slot)
  return base + range.direct(bits - 4) * 16 + range.reverseTree(model.align, 4)
}
