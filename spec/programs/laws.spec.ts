import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../src/core/instant.ts'
import { Catalog } from '../../src/programs/catalog.ts'
import { utf8 } from '../../src/programs/kernel/bytes.ts'
import type { Machine } from '../../src/programs/machine.ts'
import { services } from '../../src/programs/services/index.ts'
import { programOf } from '../../src/programs/user/program-of.ts'
import { machineOf, NOW, PROGRAMS, rootOf, spawn, take } from './programs.ts'

const writer = programOf('/bin/writer', function* (sys) {
  yield sys.trap('USR1', function* () {
    yield sys.appendFile('/tmp/log', 'usr1\n')
  })
  for (let line = yield* sys.readLine(); line !== undefined; line = yield* sys.readLine()) {
    yield sys.appendFile('/tmp/log', `${line} ${yield* sys.random()}\n`)
    yield sys.sleep('30ms')
    yield sys.write(yield* sys.readFile('/tmp/log'))
  }
  return 9
})
const ALL = [...PROGRAMS, ...services, writer]
const CATALOG = new Catalog(ALL)

type Step = (machine: Machine) => void

/** What the outside may do to a machine, in any order. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.nat(80).map(
      (ms): Step =>
        (machine) =>
          advance(machine, ms),
    ),
  },
  fc
    .tuple(
      fc.constantFrom('cat', 'writer', 'ticker', 'trap', 'echo', 'wait', 'spin', 'redis-server', 'nginx'),
      fc.boolean(),
      fc.nat(3),
    )
    .map(
      ([name, tty, id]): Step =>
        (machine) => {
          const taken = [...machine.kernel.processes.values()].some((process) => process.id === `e${id}`)
          if (machine.kernel.processes.has(1) && !taken)
            spawn(machine, [name, 'x'], { id: `e${id}`, stdin: true, ...(tty ? { tty: { cols: 80, rows: 24 } } : {}) })
        },
    ),
  fc.tuple(fc.nat(3), fc.stringMatching(/^[a-z\r\n\x03\x04]*$/)).map(
    ([id, keys]): Step =>
      (machine) =>
        machine.feed(`e${id}`, utf8(keys)),
  ),
  fc.nat(3).map(
    (id): Step =>
      (machine) =>
        machine.hangup(`e${id}`),
  ),
  fc.tuple(fc.integer({ min: 2, max: 6 }), fc.constantFrom(1, 2, 9, 10, 15, 18, 19)).map(
    ([pid, signal]): Step =>
      (machine) => {
        machine.signal(pid, signal)
      },
  ),
  fc.boolean().map(
    (on): Step =>
      (machine) =>
        machine.freeze(on),
  ),
  fc.nat(3).map(
    (id): Step =>
      (machine) =>
        machine.resize(`e${id}`, 100, 10),
  ),
  fc.constantFrom('PING\r\nINCR a\r\n', 'GET / HTTP/1.1\r\n\r\n').map(
    (request): Step =>
      (machine) => {
        for (const port of [80, 6379])
          if (machine.accept(`c${machine.kernel.now}-${port}`, port, { host: 'h', port: 1 }))
            machine.deliver(`c${machine.kernel.now}-${port}`, utf8(request))
      },
  ),
)

function advance(machine: Machine, ms: number): void {
  const until = machine.kernel.now + ms * MILLISECOND
  for (let at = machine.nextTimer(); at !== undefined && at <= until; at = machine.nextTimer()) machine.run(at)
  machine.run(until)
}

function begin(): Machine {
  const machine = machineOf({ fs: rootOf(ALL), catalog: CATALOG })
  spawn(machine, ['wait'])
  machine.run(NOW)
  return machine
}

/** All that can be seen of a machine. */
function seen(machine: Machine) {
  const root = machine.kernel.namespace.files.get('root')!
  const log = root.lookup('/tmp/log')
  return {
    out: take(machine),
    processes: machine.processes(),
    usage: machine.usage(),
    next: machine.nextTimer(),
    log: log && root.readText('/tmp/log'),
  }
}

const play = (machine: Machine, steps: readonly Step[]) => {
  for (const one of steps) one(machine)
  return seen(machine)
}

const steps = fc.array(step, { maxLength: 30 })

describe('laws of a machine', () => {
  it('the same calls give the same outbox', () => {
    fc.assert(
      fc.property(steps, (all) => {
        expect(play(begin(), all)).toEqual(play(begin(), all))
      }),
      { numRuns: 40 },
    )
  })

  it('a fork goes on as its parent would have', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const parent = begin()
        play(parent, before)
        const fork = parent.clone()
        expect(play(fork, after)).toEqual(play(parent, after))
      }),
      { numRuns: 40 },
    )
  })

  it('a fork never writes to its parent, nor the parent to the fork', () => {
    fc.assert(
      fc.property(steps, steps, steps, (before, mine, its) => {
        const alone = begin()
        play(alone, before)
        const expected = play(alone, mine)
        const parent = begin()
        play(parent, before)
        const fork = parent.clone()
        play(fork, its)
        const third = fork.clone()
        expect(play(parent, mine)).toEqual(expected)
        expect(seen(third)).toEqual(seen(fork))
      }),
      { numRuns: 40 },
    )
  })

  it('a paused machine puts nothing out but the end of those who are killed', () => {
    fc.assert(
      fc.property(steps, fc.array(step, { maxLength: 30 }), (before, during) => {
        const machine = begin()
        play(machine, before)
        machine.run(machine.kernel.now)
        machine.freeze(true)
        machine.takeOutbox()
        for (const one of during) {
          one(machine)
          machine.freeze(true)
          // Thawing in between lets things out; only what happens while it is frozen counts.
          machine.takeOutbox()
          advance(machine, 50)
          expect(take(machine)).toEqual([])
          expect(machine.nextTimer()).toBeUndefined()
        }
      }),
      { numRuns: 40 },
    )
  })

  it('time goes forward only, and every run comes to an end', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const machine = begin()
        let now = machine.kernel.now
        for (const one of all) {
          one(machine)
          expect(machine.kernel.now).toBeGreaterThanOrEqual(now)
          now = machine.kernel.now
          machine.run(now)
          const next = machine.nextTimer()
          if (next !== undefined) expect(next).toBeGreaterThan(now)
        }
      }),
      { numRuns: 40 },
    )
  })
})
