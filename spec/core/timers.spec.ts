import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clearTimer, nextTimer, noTimers, setTimer, type Timers } from '../../src/core/timers.ts'

test('the next timer is the earliest, by key among equals; a key has one timer', () => {
  const change = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.option(fc.nat(5)) })
  fc.assert(
    fc.property(fc.array(change, { size: 'max', maxLength: 60 }), (changes) => {
      let timers: Timers<string> = noTimers
      const model = new Map<string, number>()
      for (const { key, at } of changes) {
        if (at === null) {
          timers = clearTimer(timers, key)
          model.delete(key)
        } else {
          timers = setTimer(timers, { key, at, command: key })
          model.set(key, at)
        }
        const [first] = [...model].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
        expect(nextTimer(timers)?.key).toBe(first?.[0])
        expect(timers.byTime.size).toBe(model.size)
      }
    }),
  )
})
