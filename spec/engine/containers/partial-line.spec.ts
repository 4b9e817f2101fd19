import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutLines, lastLines, type PartialLine } from '../../../src/engine/containers/partial-line.ts'

const LINE = 16 * 1024

/** Writes pieces at 1, 2, 3… and gives all entries with the rest. */
function write(pieces: readonly Uint8Array[]) {
  let rest: PartialLine | undefined
  const entries = pieces.flatMap((piece, i) => {
    const cut = cutLines(rest, piece, 1, i + 1)
    rest = cut.rest
    return cut.entries
  })
  return { entries, rest, all: [...entries, ...lastLines({ 1: rest }, 99)] }
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 60 })
const bytes = (value: string) => new TextEncoder().encode(value)

describe('lines of a log', () => {
  test('however the output is cut, the entries are the same lines', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 10 }), (pieces) => {
        const whole = pieces.join('')
        const { all } = write(pieces.map(bytes))
        const lines = whole.match(/[^\n]*\n|[^\n]+$/g) ?? []
        expect(all.map((entry) => new TextDecoder().decode(entry.bytes))).toEqual(lines)
      }),
    )
  })

  test('a line has the time of its newline, the last one that of the end', () => {
    const { all } = write([bytes('a'), bytes('b\nc'), bytes('d')])
    expect(all.map(({ at }) => at)).toEqual([2, 99])
  })

  test('a long line comes in parts of 16 KiB that carry the time of the first', () => {
    const long = new Uint8Array(40_000).fill(97)
    const { entries, rest } = write([long, bytes('x\n')])
    expect(entries.map((entry) => entry.bytes.length)).toEqual([LINE, LINE, 40_000 - 2 * LINE + 2])
    expect(entries.map(({ at }) => at)).toEqual([1, 1, 1])
    expect(rest).toBeUndefined()
  })

  test('a part that ends with the line is followed by the newline alone', () => {
    const { entries } = write([new Uint8Array(LINE).fill(97), bytes('\n')])
    expect(entries.map((entry) => entry.bytes.length)).toEqual([LINE, 1])
  })
})
