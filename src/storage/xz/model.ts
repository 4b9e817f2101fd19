import { LengthDecoder } from './length-decoder.ts'
import { probabilities } from './range-decoder.ts'

/** What happened last: a literal, a match, a repeated match, in what order. */
const STATES = 12
const POSITIONS = 16
/** The literals' tables: by the bits before, and by the byte that a match would have given. */
const LITERAL = 0x300

/** All that a decoder has learned of how likely bits are. */
export class Model {
  readonly match = probabilities(STATES * POSITIONS)
  readonly repeat = probabilities(STATES)
  /** Whether it is not the last distance, not the second but last, not the third. */
  readonly repeat0 = probabilities(STATES)
  readonly repeat1 = probabilities(STATES)
  readonly repeat2 = probabilities(STATES)
  readonly repeat0Long = probabilities(STATES * POSITIONS)
  /** By the length of the match. */
  readonly slots = probabilities(4 * 64)
  readonly distances = probabilities(128)
  readonly align = probabilities(16)
  readonly lengths = new LengthDecoder()
  readonly repeatLengths = new LengthDecoder()
  readonly literals: Uint16Array

  /** @param contexts How many literals there are to tell apart by what stands before them. */
  constructor(contexts: number) {
    this.literals = probabilities(LITERAL * contexts)
  }
}

export const literalTable = (context: number): number => LITERAL * context
