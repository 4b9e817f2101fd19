import { expect, test } from 'vitest'
import { type WaitCondition, waitFor } from '../../../src/engine/containers/wait.ts'
import { World } from '../world.ts'

/** Waits, then does something; gives the code that was told, if any. */
function waited(world: World, condition: WaitCondition, act: () => void = () => {}): number | undefined {
  let told: number | undefined
  const follow = waitFor(world.state, 'c1', condition, (code) => {
    told ??= code
    return { done: true }
  })
  let acc = follow.seed.acc
  const stop = world.store.listen((event, state) => {
    if (told === undefined) acc = follow.step(acc, event, state).acc
  })
  act()
  stop()
  return told
}

test('not-running is told at once where nothing runs', () => {
  const world = new World()
  world.create('c1')
  expect(waited(world, 'not-running')).toBe(0)
  world.do({ type: 'ContainerStart', id: 'c1' })
  expect(waited(world, 'not-running')).toBeUndefined()
  expect(waited(world, 'not-running', () => world.exit('c1', 4))).toBe(4)
  expect(waited(world, 'not-running')).toBe(4)
})

test('next-exit waits for one that is still to come', () => {
  const world = new World()
  world.run('c1')
  world.exit('c1', 4)
  expect(waited(world, 'next-exit')).toBeUndefined()
  const again = () => {
    world.do({ type: 'ContainerStart', id: 'c1' })
    world.exit('c1', 5)
  }
  expect(waited(world, 'next-exit', again)).toBe(5)
})

test('next-exit is not told of a start that failed', () => {
  const world = new World()
  world.create('c1', { Cmd: ['nosuch'] })
  expect(waited(world, 'next-exit', () => world.do({ type: 'ContainerStart', id: 'c1' }))).toBeUndefined()
})

test('removed is told at the removal, with the last code', () => {
  const world = new World()
  world.run('c1')
  expect(waited(world, 'removed', () => world.exit('c1', 4))).toBeUndefined()
  const remove = { type: 'ContainerDelete', id: 'c1', force: false, volumes: false, link: false } as const
  expect(waited(world, 'removed', () => world.do(remove))).toBe(4)
})

test('removed by AutoRemove, also of a start that failed', () => {
  const world = new World()
  world.run('c1', { HostConfig: { AutoRemove: true } })
  expect(waited(world, 'removed', () => world.exit('c1', 5))).toBe(5)
  world.create('c1', { Cmd: ['nosuch'], HostConfig: { AutoRemove: true } })
  expect(waited(world, 'removed', () => world.do({ type: 'ContainerStart', id: 'c1' }))).toBe(127)
})

test('a restart by the policy is an exit too', () => {
  const world = new World()
  world.run('c1', { HostConfig: { RestartPolicy: { Name: 'always' } } })
  expect(waited(world, 'not-running', () => world.exit('c1', 1))).toBe(1)
})
