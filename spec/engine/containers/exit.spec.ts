import { describe, expect, test } from 'vitest'
import { MILLISECOND, MINUTE, SECOND } from '../../../src/core/instant.ts'
import { statusText } from '../../../src/engine/containers/status.ts'
import { World } from '../world.ts'

const policy = (Name: string, MaximumRetryCount = 0) => ({ HostConfig: { RestartPolicy: { Name, MaximumRetryCount } } })
const starts = (world: World) => world.log.filter(({ type }) => type === 'container.start').length

describe('exit', () => {
  test('leaves the code and the times', () => {
    const world = new World()
    const id = world.run('c1')
    world.pass(5 * SECOND)
    world.exit(id, 42)
    const { flags } = world.container(id)
    expect(flags).toMatchObject({ running: false, pid: 0, exitCode: 42, finishedAt: world.now })
    world.pass(65 * SECOND)
    expect(statusText(world.container(id), world.now)).toBe('Exited (42) About a minute ago')
  })

  test('of what does not run is nothing', () => {
    const world = new World()
    const id = world.create('c1')
    expect(world.exit(id, 1)).toEqual([])
    expect(world.do({ type: 'ContainerExit', id: 'f'.repeat(64), exitCode: 1 })).toEqual([])
  })

  test('AutoRemove: die, then destroy', () => {
    const world = new World()
    const id = world.run('c1', { HostConfig: { AutoRemove: true } })
    const types = world.types(() => world.exit(id, 5)).filter((type) => type.startsWith('container.'))
    expect(types).toEqual(['container.die', 'container.destroy'])
    expect(world.state.containers.names.has('c1')).toBe(false)
  })

  test('OOM is remembered until the next start', () => {
    const world = new World()
    const id = world.run('c1')
    world.do({ type: 'ContainerOom', id })
    world.exit(id, 137)
    expect(world.container(id).flags.oomKilled).toBe(true)
    world.do({ type: 'ContainerStart', id })
    expect(world.container(id).flags.oomKilled).toBe(false)
  })
})

describe('restart policies', () => {
  test('the back-off doubles from 100 ms to a minute, and begins anew after a run of ten seconds', () => {
    const world = new World()
    const id = world.run('c1', policy('always'))
    const delays: number[] = []
    const crash = () => {
      world.exit(id, 1)
      const at = world.state.timers.byKey.get(`restart:${id}`)!.at
      delays.push((at - world.now) / MILLISECOND)
      world.pass(at - world.now)
    }
    for (let i = 0; i < 12; i++) crash()
    expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000])
    world.pass(10 * SECOND)
    crash()
    expect(delays.at(-1)).toBe(100)
    expect(world.container(id).restartCount).toBe(13)
  })

  test('while it waits it is restarting, and running, without a process', () => {
    const world = new World()
    const id = world.run('c1', policy('always'))
    world.exit(id, 1)
    expect(world.container(id).flags).toMatchObject({ running: true, restarting: true, pid: 0, exitCode: 1 })
    expect(statusText(world.container(id), world.now)).toBe('Restarting (1) Less than a second ago')
  })

  test('on-failure: not after success, and only so often', () => {
    const world = new World()
    const good = world.run('c1', policy('on-failure'))
    world.exit(good, 0)
    expect(world.container(good).flags.restarting).toBe(false)
    const bad = world.run('c2', policy('on-failure', 2))
    const before = starts(world)
    for (let i = 0; i < 5; i++) {
      world.exit(bad, 1)
      world.pass(MINUTE)
    }
    expect(starts(world) - before).toBe(2)
    expect(world.container(bad).flags).toMatchObject({ running: false, exitCode: 1 })
    expect(world.container(bad).restartCount).toBe(2)
  })

  test.each(['always', 'unless-stopped', 'on-failure'])('%s: stopped by a caller it stays down', (name) => {
    const world = new World()
    const id = world.run('c1', policy(name))
    world.do({ type: 'ContainerStop', id, signal: '', timeout: 0 })
    world.exit(id, 137)
    world.pass(MINUTE)
    expect(world.container(id).flags.running).toBe(false)
    world.do({ type: 'ContainerStart', id })
    world.exit(id, 1)
    expect(world.container(id).flags.restarting).toBe(true)
  })

  test('a stop while it waits ends the waiting', () => {
    const world = new World()
    const id = world.run('c1', policy('always'))
    world.exit(id, 1)
    const types = world.types(() => world.do({ type: 'ContainerStop', id, signal: '', timeout: undefined }))
    expect(types).toEqual(['timer.clear', 'container.restart_cancel', 'container.stop'])
    world.pass(MINUTE)
    expect(starts(world)).toBe(1)
    expect(world.container(id).flags).toMatchObject({ running: false, exitCode: 1 })
  })

  test('a signal that is not meant to end it leaves the policy alone', () => {
    const world = new World()
    const id = world.run('c1', { StopSignal: 'TERM', ...policy('always') })
    world.do({ type: 'ContainerKill', id, signal: 'HUP' })
    world.exit(id, 1)
    expect(world.container(id).flags.restarting).toBe(true)
  })

  test('a first start that fails is not tried again', () => {
    const world = new World()
    const id = world.run('c1', { Cmd: ['nosuch'], ...policy('always') })
    world.pass(MINUTE)
    expect(world.container(id).flags).toMatchObject({ running: false, restarting: false, exitCode: 127 })
  })
})
