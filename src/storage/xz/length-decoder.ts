import { probabilities, type RangeDecoder } from './range-decoder.ts'

const POSITIONS = 16
const [LOW_BITS, HIGH_BITS] = [3, 8]
const SHORTEST = 2

/** How long a match is: short ones take fewer bits. */
export class LengthDecoder {
  readonly #choice = probabilities(2)
  readonly #low = probabilities(POSITIONS << LOW_BITS)
  readonly #middle = probabilities(POSITIONS << LOW_BITS)
  readonly #high = probabilities(1 << HIGH_BITS)

  decode(range: RangeDecoder, position: number): number {
    const offset = position << LOW_BITS
    if (range.bit(this.#choice, 0) === 0) return SHORTEST + range.tree(this.#low, LOW_BITS, offset)
    if (range.bit(this.#choice, 1) === 0) return SHORTEST + 8 + range.tree(this.#middle, LOW_BITS, offset)
    return SHORTEST + 16 + range.tree(this.#high, HIGH_BITS)
  }
}
