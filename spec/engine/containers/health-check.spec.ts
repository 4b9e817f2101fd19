import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { messages } from '../../../src/engine/events/event-log.ts'
import { World } from '../world.ts'

const NANO = 1_000_000_000

/** A container with a check, and what answers it: an exit code, or nothing at all. */
function checked(check: Readonly<Record<string, unknown>>, answer: () => number | undefined) {
  const world = new World()
  world.run('web', { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: NANO, Timeout: 5 * NANO, ...check } })
  const step = () => {
    world.pass(SECOND)
    for (const exec of world.state.execs.byId.values()) {
      const exitCode = answer()
      if (exitCode !== undefined) world.do({ type: 'ExecExit', id: exec.id, exitCode })
    }
  }
  const health = () => world.container('web').health
  const actions = () => messages(world.state.events).map(({ action }) => action)
  return { world, step, health, actions }
}

test('is starting until the first good result, and says so', () => {
  const { step, health, actions } = checked({}, () => 0)
  expect(health()).toEqual({ status: 'starting', failingStreak: 0, log: [] })
  step()
  expect(health()).toMatchObject({ status: 'healthy', failingStreak: 0, log: [{ exitCode: 0, output: '' }] })
  expect(actions()).toEqual([
    'create',
    'connect',
    'start',
    'exec_create: /bin/sh -c true',
    'exec_start: /bin/sh -c true',
    'exec_die',
    'health_status: healthy',
  ])
})

test('is unhealthy after as many failures in a row, keeps five results and comes back', () => {
  let exitCode = 1
  const { step, health } = checked({ Retries: 3 }, () => exitCode)
  step()
  step()
  expect(health()).toMatchObject({ status: 'starting', failingStreak: 2 })
  for (let i = 0; i < 5; i++) step()
  expect(health()).toMatchObject({ status: 'unhealthy', failingStreak: 7 })
  expect(health()!.log).toHaveLength(5)
  exitCode = 0
  step()
  expect(health()).toMatchObject({ status: 'healthy', failingStreak: 0 })
})

test('failures of the start period do not count, and it is looked at more often then', () => {
  const { step, health } = checked(
    { Interval: 60 * NANO, StartInterval: NANO, StartPeriod: 3 * NANO, Retries: 1 },
    () => 1,
  )
  step()
  step()
  expect(health()).toMatchObject({ status: 'starting', failingStreak: 0 })
  expect(health()!.log).toHaveLength(2)
  for (let i = 0; i < 65; i++) step()
  expect(health()).toMatchObject({ status: 'unhealthy' })
})

test('one that takes too long is killed and fails', () => {
  const { world, step, health } = checked({ Timeout: 2 * NANO, Retries: 1 }, () => undefined)
  for (let i = 0; i < 3; i++) step()
  expect(world.log.at(-1)).toMatchObject({ type: 'clock.advance' })
  const killed = world.log.find((event) => event.type === 'container.probe_timeout')
  expect(killed).toBeDefined()
  world.do({ type: 'ExecExit', id: killed?.type === 'container.probe_timeout' ? killed.exec : '', exitCode: 137 })
  expect(health()).toMatchObject({
    status: 'unhealthy',
    log: [{ exitCode: -1, output: 'Health check exceeded timeout (2s)' }],
  })
})

test('what is not there fails with the words of the runtime', () => {
  const { step, health } = checked({ Test: ['CMD', 'nosuch'], Retries: 1 }, () => undefined)
  step()
  expect(health()!.log[0]).toMatchObject({
    exitCode: -1,
    output: expect.stringContaining('exec: "nosuch": executable file not found in $PATH'),
  })
})

describe('nobody looks', () => {
  const timers = (world: World) => world.state.timers.byKey.keys().filter((key) => key.startsWith('health'))

  test('where there is no check, or NONE', () => {
    const world = new World()
    world.run('web', { Healthcheck: { Test: ['NONE'] } })
    expect(world.container('web').health).toBeUndefined()
    expect(timers(world)).toEqual([])
  })

  test('after the end, nor while it is paused', () => {
    const { world, step, health } = checked({}, () => 0)
    step()
    world.do({ type: 'ContainerPause', id: 'web' })
    world.do({ type: 'HealthPause', id: world.container('web').id })
    expect([timers(world), health()?.status]).toEqual([[], 'unhealthy'])
    world.do({ type: 'ContainerUnpause', id: 'web' })
    world.do({ type: 'HealthResume', id: world.container('web').id })
    expect(timers(world)).toHaveLength(1)
    world.exit('web', 0)
    expect(timers(world)).toEqual([])
  })
})
