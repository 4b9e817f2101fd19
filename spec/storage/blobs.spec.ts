import { expect, test } from 'vitest'
import { Blobs } from '../../src/storage/blobs.ts'
import { digestOf } from '../../src/storage/digest.ts'

test('bytes are kept once, as they came', () => {
  const blobs = new Blobs()
  const bytes = new Uint8Array([1, 2, 3])
  const digest = blobs.put(bytes)
  expect([digest, blobs.put(new Uint8Array([1, 2, 3])), blobs.size]).toEqual([digestOf(bytes), digest, 1])
  expect(blobs.get(digest)).toBe(bytes)
  expect([blobs.has(digest), blobs.has(digestOf('x')), blobs.get(digestOf('x'))]).toEqual([true, false, undefined])
  blobs.adopt(digestOf('x'), new Uint8Array([120]))
  expect([...blobs.entries()].map(([key]) => key)).toEqual([digest, digestOf('x')])
})
