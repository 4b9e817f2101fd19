import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Address,
  addressText,
  contains,
  first,
  last,
  masked,
  overlap,
  parseAddress,
  parsePrefix,
  prefixText,
} from '../../../src/engine/networks/address.ts'

const address: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((value) => ({ family: 4 as const, value })),
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((value) => ({ family: 6 as const, value })),
  fc
    .array(fc.constantFrom(0n, 0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
    .map((groups) => ({ family: 6 as const, value: groups.reduce<bigint>((sum, group) => sum * 65_536n + group, 0n) })),
)

describe('addresses', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(parseAddress(addressText(one))).toEqual(one)
      }),
    )
  })

  it.each([
    ['0:0:0:0:0:0:0:1', '::1'],
    ['fd00:0:0:1:0:0:0:2', 'fd00:0:0:1::2'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ['FE80::A', 'fe80::a'],
    ['172.17.0.1', '172.17.0.1'],
  ])('%s is written as %s', (text, written) => {
    expect(addressText(parseAddress(text)!)).toBe(written)
  })

  it.each(['', 'zz', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1:2:3', '::1::', ':::', '12345::', '1.2.3.4:80'])(
    '%j is none',
    (text) => {
      expect(parseAddress(text)).toBeUndefined()
    },
  )

  it.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/08', '::/129', '/8', 'zz/8'])(
    '%j is no prefix',
    (text) => {
      expect(parsePrefix(text)).toBeUndefined()
    },
  )
})

describe('prefixes', () => {
  const prefix = fc
    .tuple(address, fc.nat({ max: 128 }))
    .map(([one, bits]) => ({ address: one, bits: one.family === 4 ? bits % 33 : bits }))

  it('hold their first and last address and nothing beside them', () => {
    fc.assert(
      fc.property(prefix, (one) => {
        expect(contains(one, first(one)) && contains(one, last(one))).toBe(true)
        expect(prefixText(masked(masked(one)))).toBe(prefixText(masked(one)))
        const after = { ...one.address, value: last(one).value + 1n }
        expect(contains(one, after)).toBe(false)
      }),
    )
  })

  it('overlap if and only if one holds the beginning of the other', () => {
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        const shared =
          a.address.family === b.address.family && first(a).value <= last(b).value && first(b).value <= last(a).value
        expect(overlap(a, b)).toBe(shared)
        expect(overlap(b, a)).toBe(shared)
      }),
    )
  })
})
