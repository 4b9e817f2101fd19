import { describe, expect, it } from 'vitest'
import { createWavetank, type Snapshot, type Wavetank } from '../../../src/index.ts'
import { docker } from '../docker.ts'

const nobody = { data() {}, end() {}, close() {} }
const ticking = { Cmd: ['sh', '-c', 'while :; do sleep 1; echo tick >>/ticks; done'] }
const ticks = (tank: Wavetank) => tank.container('aa').fs.readFileSync('/ticks', 'utf8')

describe('a tank in which nothing has run', () => {
  it('takes changes of a container that never started, and has no ports and no machines', async () => {
    const tank = createWavetank()
    const { ok } = docker(tank)
    await ok('POST', '/containers/create?name=aa', { Image: 'alpine:3.20', Cmd: ['cat', '/f'], Tty: true })
    const ports: unknown[] = []
    tank.watchPorts((change) => ports.push(change))
    expect(tank.connect('aa', 80, nobody)).toBeUndefined()
    expect(ports).toEqual([])
    expect(Object.keys(tank.snapshot()).sort()).toEqual(['engine', 'hub', 'now'])
    expect(Object.keys(tank.fork().snapshot()).sort()).toEqual(['engine', 'hub', 'now'])
    tank.container('aa').fs.writeFileSync('/f', 'found')
    expect(tank.snapshot().machines).toBeDefined()
    expect(tank.fork().container('aa').fs.readFileSync('/f', 'utf8')).toBe('found')
  })
})

describe('running programs', () => {
  const world = async () => {
    const tank = createWavetank({ clock: 'manual' })
    await docker(tank).run('aa', ticking)
    tank.clock.advance(1_500)
    return tank
  }

  it('go on in a fork', async () => {
    const tank = await world()
    const fork = tank.fork()
    fork.clock.advance(2_000)
    expect([ticks(tank), ticks(fork)]).toEqual(['tick\n', 'tick\ntick\ntick\n'])
  })

  it('go on where a snapshot brings them back, and end where it knows of none', async () => {
    const tank = createWavetank({ clock: 'manual' })
    const fresh: Snapshot = tank.snapshot()
    await docker(tank).run('aa', ticking)
    tank.clock.advance(1_500)
    const running = tank.snapshot()
    tank.restore(fresh)
    tank.clock.advance(5_000)
    expect(() => tank.container('aa')).toThrow('No such container: aa')
    tank.restore(running)
    tank.clock.advance(1_000)
    expect(ticks(tank)).toBe('tick\ntick\n')
    const other = createWavetank({ clock: 'manual' })
    other.restore(running)
    other.clock.advance(3_000)
    expect(ticks(other)).toBe('tick\ntick\ntick\ntick\n')
  })
})
