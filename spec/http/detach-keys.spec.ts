import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultDetachKeys, parseDetachKeys, watchDetachKeys } from '../../src/http/detach-keys.ts'

test.each([
  ['ctrl-p,ctrl-q', [16, 17]],
  ['a', [97]],
  ['ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_', [0, 27, 28, 29, 30, 31]],
  ['DEL,x', [127, 120]],
  ['zzz', undefined],
  ['ctrl-', undefined],
])('%s', (text, codes) => {
  expect(parseDetachKeys(text)).toEqual(codes)
})

/** Feeds pieces one after the other. */
function watch(keys: readonly number[], pieces: readonly Uint8Array[]) {
  let typed = 0
  const out: number[] = []
  for (const piece of pieces) {
    const seen = watchDetachKeys(keys, typed, piece)
    typed = seen.typed
    out.push(...seen.bytes)
    if (seen.detached) return { out, detached: true, held: 0 }
  }
  return { out, detached: false, held: typed }
}

test('keys in one piece or in two detach, and are not typed', () => {
  expect(watch(defaultDetachKeys, [Uint8Array.of(97, 16, 17, 98)])).toEqual({ out: [97], detached: true, held: 0 })
  expect(watch(defaultDetachKeys, [Uint8Array.of(97, 16), Uint8Array.of(17)])).toMatchObject({ detached: true })
})

test('a beginning that goes on otherwise is typed after all', () => {
  expect(watch(defaultDetachKeys, [Uint8Array.of(16), Uint8Array.of(97)])).toEqual({
    out: [16, 97],
    detached: false,
    held: 0,
  })
})

test('without the keys, what is held back and what is typed are all of the input', () => {
  const piece = fc.uint8Array({ max: 20, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const { out, detached, held } = watch(defaultDetachKeys, pieces)
      fc.pre(!detached)
      expect([...out, ...defaultDetachKeys.slice(0, held)]).toEqual(pieces.flatMap((bytes) => [...bytes]))
    }),
  )
})
