import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sequence } from '../../src/core/sequence.ts'

test('versions never see what others append', () => {
  const step = fc.record({ onto: fc.nat(), items: fc.array(fc.nat(), { maxLength: 4 }) })
  fc.assert(
    fc.property(fc.array(step, { size: 'max', maxLength: 60 }), (steps) => {
      const versions: [Sequence<number>, number[]][] = [[Sequence.empty, []]]
      for (const { onto, items } of steps) {
        const [sequence, model] = versions[onto % versions.length]!
        versions.push([sequence.append(...items), [...model, ...items]])
      }
      for (const [sequence, model] of versions) {
        expect([...sequence]).toEqual(model)
        expect(sequence.length).toBe(model.length)
        expect(sequence.last()).toBe(model.at(-1))
        expect(sequence.at(model.length)).toBeUndefined()
        expect(sequence.slice(1)).toEqual(model.slice(1))
      }
    }),
  )
})
