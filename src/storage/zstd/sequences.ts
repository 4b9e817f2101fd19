import { BackwardBits } from './backward-bits.ts'
import { LITERAL_LENGTHS, MATCH_LENGTHS, OFFSETS } from './codes.ts'
import { readTable } from './fse-counts.ts'
import { FseTable, single } from './fse-table.ts'
import type { Input } from './input.ts'
import { corrupt } from './invalid.ts'

/** So many literals, and then a match. The offset is still a code: the small ones repeat earlier ones. */
export interface Sequence {
  readonly literals: number
  readonly match: number
  readonly offset: number
}

/** What goes on from block to block. */
export interface SequencesContext {
  literals: FseTable | undefined
  offsets: FseTable | undefined
  matches: FseTable | undefined
}

const ones = (count: number) => Array<number>(count).fill(1)
const twos = (count: number) => Array<number>(count).fill(2)
const rare = (count: number) => Array<number>(count).fill(-1)

/** The tables that need not be sent. */
const PREDEFINED = {
  literals: new FseTable(6, [4, 3, ...twos(11), ...ones(3), ...twos(9), 3, 2, ...ones(5), ...rare(4)]),
  offsets: new FseTable(5, [...ones(6), ...twos(3), ...ones(15), ...rare(5)]),
  matches: new FseTable(6, [1, 4, 3, ...twos(6), ...ones(37), ...rare(7)]),
}

const LIMITS = {
  literals: { log: 9, symbol: 35 },
  offsets: { log: 8, symbol: 31 },
  matches: { log: 9, symbol: 52 },
}

/** All that is left of a block. */
export function readSequences(input: Input, context: SequencesContext): Sequence[] {
  const count = readCount(input)
  if (count === 0) {
    if (input.left > 0) throw corrupt()
    return []
  }
  const modes = input.byte()
  if (modes & 3) throw corrupt()
  const literals = (context.literals = table('literals', modes >> 6, input, context))
  const offsets = (context.offsets = table('offsets', (modes >> 4) & 3, input, context))
  const matches = (context.matches = table('matches', (modes >> 2) & 3, input, context))
  return decoded(new BackwardBits(input.rest()), count, { literals, offsets, matches })
}

function readCount(input: Input): number {
  const first = input.byte()
  if (first < 128) return first
  return first < 255 ? ((first - 128) << 8) + input.byte() : input.number(2) + 0x7f00
}

type Kind = keyof SequencesContext

function table(kind: Kind, mode: number, input: Input, context: SequencesContext): FseTable {
  if (mode === 0) return PREDEFINED[kind]
  if (mode === 2) return readTable(input, LIMITS[kind])
  if (mode === 1) {
    const symbol = input.byte()
    if (symbol > LIMITS[kind].symbol) throw corrupt()
    return single(symbol)
  }
  const before = context[kind]
  if (!before) throw corrupt()
  return before
}

function decoded(bits: BackwardBits, count: number, tables: Readonly<Record<Kind, FseTable>>): Sequence[] {
  const { literals, offsets, matches } = tables
  let [literal, offset, match] = [bits.read(literals.log), bits.read(offsets.log), bits.read(matches.log)]
  const sequences: Sequence[] = []
  for (let left = count; ; ) {
    // The order in which the numbers were written, from the last one back.
    const [far, long, own] = [
      OFFSETS[offsets.symbols[offset]!]!,
      MATCH_LENGTHS[matches.symbols[match]!]!,
      LITERAL_LENGTHS[literals.symbols[literal]!]!,
    ]
    const back = far.base + bits.read(far.bits)
    const length = long.base + bits.read(long.bits)
    sequences.push({ offset: back, match: length, literals: own.base + bits.read(own.bits) })
    if (--left === 0) break
    literal = literals.next(literal, bits)
    match = matches.next(match, bits)
    offset = offsets.next(offset, bits)
    if (bits.left < 0) throw corrupt()
  }
  if (bits.left !== 0) throw corrupt()
  return sequences
}
