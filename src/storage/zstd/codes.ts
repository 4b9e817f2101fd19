/** What a code stands for: from this number on, as far as the bits that follow say. */
interface Code {
  readonly base: number
  readonly bits: number
}

/** Codes one after the other, each beginning where the one before it ends. */
function codes(first: number, bits: readonly number[]): readonly Code[] {
  let base = first
  return bits.map((own) => {
    const code = { base, bits: own }
    base += 2 ** own
    return code
  })
}

const zeros = (count: number) => Array<number>(count).fill(0)

/** How many literals there are. */
export const LITERAL_LENGTHS = codes(0, [
  ...zeros(16),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
])

/** How long a match is. */
export const MATCH_LENGTHS = codes(3, [
  ...zeros(32),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
])

/** How far back it is. */
export const OFFSETS: readonly Code[] = Array.from({ length: 32 }, (_, bits) => ({ base: 2 ** bits, bits }))
