import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressText, parseAddress, parsePrefix } from '../../../src/engine/networks/address.ts'
import { isTaken, lowest, pool, release, take } from '../../../src/engine/networks/pool.ts'

const prefix = (text: string) => parsePrefix(text)!
const address = (text: string) => parseAddress(text)!
const next = (one: ReturnType<typeof pool>) => {
  const found = lowest(one)
  return found && addressText(found)
}

describe('pool', () => {
  it('keeps the network, the broadcast address and the gateway to itself', () => {
    const one = pool(prefix('10.0.0.0/30'), prefix('10.0.0.0/30'), undefined, [])
    expect(addressText(one.gateway)).toBe('10.0.0.1')
    expect(next(one)).toBe('10.0.0.2')
    expect(next(take(one, address('10.0.0.2')))).toBeUndefined()
    expect(isTaken(one, address('10.0.0.0')) && isTaken(one, address('10.0.0.3'))).toBe(true)
  })

  it('deals from the range only, and takes auxiliary addresses out', () => {
    const one = pool(prefix('10.77.0.0/24'), prefix('10.77.0.128/25'), address('10.77.0.1'), [address('10.77.0.128')])
    expect(next(one)).toBe('10.77.0.129')
  })

  it('finds its gateway in the range', () => {
    const one = pool(prefix('172.28.0.0/16'), prefix('172.28.5.0/24'), undefined, [])
    expect(addressText(one.gateway)).toBe('172.28.5.0')
  })

  it('is as good with 128 bits', () => {
    const subnet = prefix('fd00:1::/64')
    const one = pool(subnet, subnet, undefined, [])
    expect(addressText(one.gateway)).toBe('fd00:1::1')
    expect(next(take(one, address('fd00:1::ffff:2')))).toBe('fd00:1::2')
  })

  it('never deals an address beyond its range, not even one that was taken there and given back', () => {
    const beyond = address('10.1.0.32')
    let full = take(pool(prefix('10.1.0.0/26'), prefix('10.1.0.16/28'), address('10.1.0.1'), []), beyond)
    for (let free = lowest(full); free; free = lowest(full)) full = take(full, free)
    expect(lowest(release(full, beyond))).toBeUndefined()
  })

  it('always deals the lowest free address, whatever was taken and given back before', () => {
    const subnet = prefix('10.1.0.0/26')
    const range = prefix('10.1.0.16/28')
    const act = fc.tuple(fc.constantFrom('deal', 'take', 'release'), fc.nat({ max: 63 }))
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
        const base = subnet.address.value
        const model = new Set([0, 63, 1])
        let one = pool(subnet, range, address('10.1.0.1'), [])
        for (const [what, offset] of acts) {
          const free = [...Array(16).keys()].map((i) => 16 + i).find((i) => !model.has(i))
          const dealt = lowest(one)
          expect(dealt && Number(dealt.value - base)).toBe(free)
          if (what === 'deal' && dealt && free !== undefined) {
            one = take(one, dealt)
            model.add(free)
          } else if (what === 'take' && !model.has(offset)) {
            one = take(one, { family: 4, value: base + BigInt(offset) })
            model.add(offset)
          } else if (what === 'release' && offset > 1 && offset < 63) {
            one = release(one, { family: 4, value: base + BigInt(offset) })
            model.delete(offset)
          }
          expect(isTaken(one, { family: 4, value: base + BigInt(offset) })).toBe(model.has(offset))
        }
      }),
    )
  })
})
