import { expect, test } from 'vitest'
import { chainId, chainIds, diffId, digestOf, isDigest } from '../../src/storage/digest.ts'

const A = digestOf('a')
const B = digestOf('b')

test('digests', () => {
  expect(digestOf('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(digestOf('a', new Uint8Array([98]))).toBe(digestOf('ab'))
  expect(diffId(new Uint8Array(1024))).toBe('sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef')
  expect(['sha256:abc', A.toUpperCase(), A.slice(7), `${A}0`, A].map(isDigest)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})

test('a chain is the digest of the chain below and the layer', () => {
  expect(chainId([A])).toBe(A)
  expect(chainId([A, B])).toBe(digestOf(`${A} ${B}`))
  expect(chainId([A, B, A])).toBe(digestOf(`${chainId([A, B])} ${A}`))
  expect(chainIds([A, B, A])).toEqual([chainId([A]), chainId([A, B]), chainId([A, B, A])])
  expect(chainIds([])).toEqual([])
  expect(() => chainId([])).toThrow(RangeError)
})
