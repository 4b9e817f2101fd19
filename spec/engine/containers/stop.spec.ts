import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import type { EngineEvent } from '../../../src/engine/index.ts'
import { World } from '../world.ts'

const stop = (id: string, timeout?: number, signal = '') => ({ type: 'ContainerStop', id, signal, timeout }) as const
const signals = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'container.kill' ? [event.signal] : []))

describe('stop', () => {
  test('TERM, ten seconds of grace, KILL; the exit tells stop before die', () => {
    const world = new World()
    const id = world.run('c1')
    const types = world.types(() => {
      world.do(stop(id))
      world.pass(9 * SECOND)
    })
    expect(types.filter((type) => type !== 'clock.advance')).toEqual([
      'container.kill',
      'container.pending',
      'timer.set',
    ])
    expect(signals(world.log)).toEqual([15])
    world.pass(SECOND)
    expect(signals(world.log)).toEqual([15, 9])
    const died = world.types(() => world.exit(id, 137)).filter((type) => type.startsWith('container.'))
    expect(died).toEqual(['container.stop', 'container.die'])
    expect(world.container(id).pending).toEqual([])
  })

  test('a process that ends in time is not killed', () => {
    const world = new World()
    const id = world.run('c1')
    world.do(stop(id))
    world.pass(SECOND)
    world.exit(id, 0)
    world.pass(60 * SECOND)
    expect(signals(world.log)).toEqual([15])
    expect(world.container(id).flags.exitCode).toBe(0)
  })

  test('the container’s own signal and grace', () => {
    const world = new World()
    const id = world.run('c1', { StopSignal: 'SIGINT', StopTimeout: 3 })
    world.do(stop(id))
    world.pass(3 * SECOND)
    expect(signals(world.log)).toEqual([2, 9])
  })

  test('no grace is a kill at once, one below zero is for ever', () => {
    const world = new World()
    world.do(stop(world.run('c1'), 0))
    expect(signals(world.log)).toEqual([15, 9])
    const patient = new World()
    patient.do(stop(patient.run('c1'), -1))
    patient.pass(1e6 * SECOND)
    expect(signals(patient.log)).toEqual([15])
  })

  test('a signal of the caller’s; a bad one is a 500, unless there is nothing to stop', () => {
    const world = new World()
    const id = world.run('c1')
    expect(world.try(stop('c1', 1, 'NOPE'))).toBe('System cannot stop container: c1: invalid signal: NOPE')
    world.do(stop(id, 5, 'SIGINT'))
    expect(signals(world.log)).toEqual([2])
    world.exit(id, 0)
    expect(world.try(stop(id, 1, 'NOPE'))).toBe('NotModified ')
  })

  test('a paused container is woken to hear the signal', () => {
    const world = new World()
    const id = world.run('c1')
    world.do({ type: 'ContainerPause', id })
    expect(world.types(() => world.do(stop(id, 0)))).toEqual([
      'container.kill',
      'container.unpause',
      'container.pending',
      'container.kill',
    ])
  })

  test('two callers at once: each is told, the first grace counts', () => {
    const world = new World()
    const id = world.run('c1')
    world.do(stop(id, 5))
    world.do(stop(id, 60))
    world.pass(5 * SECOND)
    expect(signals(world.log)).toEqual([15, 15, 9])
    expect(world.types(() => world.exit(id, 137)).filter((type) => type === 'container.stop')).toHaveLength(2)
  })
})

describe('restart', () => {
  const restart = (id: string, timeout?: number) => ({ type: 'ContainerRestart', id, signal: '', timeout }) as const

  test('stops, starts and tells so', () => {
    const world = new World()
    const id = world.run('c1')
    world.do(restart(id, 1))
    world.pass(SECOND)
    const types = world.types(() => world.exit(id, 137)).filter((type) => type.startsWith('container.'))
    expect(types).toEqual(['container.stop', 'container.die', 'container.start', 'container.restart'])
    expect(world.container(id).flags).toMatchObject({ running: true, exitCode: 0 })
    expect(world.container(id).restartCount).toBe(0)
  })

  test('one that does not run is started', () => {
    const world = new World()
    const id = world.create('c1')
    expect(world.types(() => world.do(restart(id)))).toContain('container.restart')
  })

  test('AutoRemove waits for an exit that nobody asked to follow by a start', () => {
    const world = new World()
    const id = world.run('c1', { HostConfig: { AutoRemove: true } })
    world.do(restart(id, 0))
    world.exit(id, 137)
    expect(world.container(id).flags.running).toBe(true)
    world.exit(id, 0)
    expect(world.state.containers.byId.has(id)).toBe(false)
  })
})

describe('kill', () => {
  const kill = (id: string, signal: string) => ({ type: 'ContainerKill', id, signal }) as const

  test.each([
    ['', 9],
    ['KILL', 9],
    ['SIGHUP', 1],
    ['term', 15],
    ['28', 28],
    ['SIGRTMIN+1', 35],
    ['RTMAX-1', 63],
  ])('%j is %d', (name, number) => {
    const world = new World()
    world.do(kill(world.run('c1'), name))
    expect(signals(world.log)).toEqual([number])
  })

  test.each([
    ['NOPE', 'invalid signal: NOPE'],
    ['0', 'invalid signal: 0'],
    ['99', 'the linux daemon does not support signal 99'],
    ['-1', 'the linux daemon does not support signal -1'],
    ['33', 'the linux daemon does not support signal 33'],
  ])('%j is refused before the container is looked for', (name, words) => {
    expect(new World().try(kill('c1', name))).toBe(`InvalidParameter cannot kill container: c1: ${words}`)
  })
})
