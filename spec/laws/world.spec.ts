import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { env } from '../../src/core/env.ts'
import { Problem } from '../../src/core/problem.ts'
import { engine } from '../../src/engine/index.ts'
import { createWavetank, type Wavetank } from '../../src/runtime/wavetank.ts'
import { step, steps, take } from '../../src/testing/index.ts'
import { plainOf } from './plain.ts'

const fresh = (seed = 'laws') => createWavetank({ clock: 'manual', seed, record: true })
const RUNS = { numRuns: 40 }

const events = (tank: Wavetank) =>
  tank.journal.entries.flatMap((entry) => (entry.kind === 'event' && entry.system === 'engine' ? [entry.event] : []))

test('the state is the fold of the journal', () => {
  fc.assert(
    fc.property(steps(40), (all) => {
      const tank = fresh()
      const first = tank.snapshot().engine.state
      for (const one of all) take(tank, one)
      const plain = plainOf()
      const folded = events(tank).reduce((state, event) => engine.decider.evolve(state, event as never), first)
      expect(plain(folded)).toEqual(plain(tank.engine.store.state))
    }),
    RUNS,
  )
})

test('a decision is a function: twice the same, and the state is not touched', () => {
  fc.assert(
    fc.property(steps(25), step, (before, { request }) => {
      const tank = fresh()
      for (const one of before) take(tank, one)
      const { state, position } = tank.engine.store
      const matched = engine.router.match(request)
      if (!matched || 'location' in matched || !matched.route.command) return
      const input = { request, params: matched.params, query: matched.query, version: '1.51' }
      const decide = () => {
        try {
          const command = matched.route.command!(input, state)
          return command && engine.decider.decide(state, command, env('x', position, tank.clock.now))
        } catch (problem) {
          if (problem instanceof Problem) return problem
          throw problem
        }
      }
      const plain = plainOf()
      const held = plain(state)
      expect(plain(decide())).toEqual(plain(decide()))
      expect(plain(state)).toEqual(held)
    }),
    RUNS,
  )
})

describe('a fork', () => {
  test('never writes to its parent, and its parent never to it, with programs running', () => {
    fc.assert(
      fc.property(steps(20), steps(15), steps(15), (before, mine, theirs) => {
        const parent = fresh()
        const control = fresh()
        for (const one of before) {
          take(parent, one)
          take(control, one)
        }
        const fork = parent.fork()
        const twin = parent.fork()
        const told = theirs.map((one) => take(fork, one))
        const heard = mine.map((one) => take(parent, one))
        expect(heard).toEqual(mine.map((one) => take(control, one)))
        expect(told).toEqual(theirs.map((one) => take(twin, one)))
      }),
      RUNS,
    )
  })

  test('a snapshot is what it was, however often one goes back to it', () => {
    fc.assert(
      fc.property(steps(15), steps(15), (before, after) => {
        const tank = fresh()
        for (const one of before) take(tank, one)
        const snapshot = tank.snapshot()
        const once = after.map((one) => take(tank, one))
        tank.restore(snapshot)
        expect(after.map((one) => take(tank, one))).toEqual(once)
      }),
      RUNS,
    )
  })
})

describe('same seed, same requests, same bytes', () => {
  test('for any requests', () => {
    fc.assert(
      fc.property(fc.string(), steps(30), (seed, all) => {
        const [a, b] = [fresh(seed), fresh(seed)]
        expect(all.map((one) => take(a, one))).toEqual(all.map((one) => take(b, one)))
      }),
      RUNS,
    )
  })

  test('on every machine: the transcript of 200 requests is pinned', () => {
    const tank = fresh('pinned')
    const hash = createHash('sha256')
    for (const one of fc.sample(step, { seed: 20_25, numRuns: 200 })) hash.update(take(tank, one))
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"0efcbbd4dca919786f7d0b674fc0618c9e8fb68d3c2d0b84c8f352e1734c1640"`,
    )
  })
})

test('names ⇄ containers; paused ⇒ running; running ⇔ it has a pid, unless it waits for a restart', () => {
  fc.assert(
    fc.property(steps(40), (all) => {
      const tank = fresh()
      for (const one of all) {
        take(tank, one)
        const { byId, names } = tank.engine.store.state.containers
        expect(names.size).toBe(byId.size)
        for (const { id, name, flags } of byId.values()) {
          expect(names.get(name)).toBe(id)
          if (flags.paused) expect(flags.running).toBe(true)
          if (flags.restarting) expect(flags.running).toBe(true)
          expect(flags.pid > 0).toBe(flags.running && !flags.restarting)
        }
      }
    }),
    RUNS,
  )
})
