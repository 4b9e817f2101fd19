import { describe, expect, test } from 'vitest'
import type { EngineCommand } from '../../../src/engine/index.ts'
import { createCommand, World } from '../world.ts'

/** The states of a container, and how it gets there. */
const states = {
  created: (world: World) => world.create('c1'),
  running: (world: World) => world.run('c1'),
  paused(world: World) {
    const id = world.run('c1')
    world.do({ type: 'ContainerPause', id })
    return id
  },
  restarting(world: World) {
    const id = world.run('c1', { HostConfig: { RestartPolicy: { Name: 'always' } } })
    world.exit('c1', 1)
    return id
  },
  exited(world: World) {
    const id = world.run('c1')
    world.exit('c1', 3)
    return id
  },
  removing(world: World) {
    const id = world.run('c1')
    world.do({ type: 'ContainerDelete', id, force: true, volumes: false, link: false })
    return id
  },
} as const
type StateName = keyof typeof states

const grace = { signal: '', timeout: undefined }
const ops = {
  start: (id) => ({ type: 'ContainerStart', id }),
  stop: (id) => ({ type: 'ContainerStop', id, ...grace }),
  restart: (id) => ({ type: 'ContainerRestart', id, ...grace }),
  kill: (id) => ({ type: 'ContainerKill', id, signal: '' }),
  pause: (id) => ({ type: 'ContainerPause', id }),
  unpause: (id) => ({ type: 'ContainerUnpause', id }),
  rm: (id) => ({ type: 'ContainerDelete', id, force: false, volumes: false, link: false }),
  'rm force': (id) => ({ type: 'ContainerDelete', id, force: true, volumes: false, link: false }),
  rename: (id) => ({ type: 'ContainerRename', id, name: 'other' }),
  update: (id) => updateOf(id),
} satisfies Record<string, (id: string) => EngineCommand>

function updateOf(id: string): EngineCommand {
  const { hostConfig } = createCommand('x', {}) as Extract<EngineCommand, { type: 'ContainerCreate' }>
  return { type: 'ContainerUpdate', id, resources: hostConfig, restartPolicy: { name: '', maximumRetryCount: 0 } }
}

const NOT_RUNNING = 'Conflict container <id> is not running'
const KILL_NOT_RUNNING = 'Conflict cannot kill container: <id>: container <id> is not running'
const NOT_PAUSED = 'System Container <id> is not paused'
const RESTARTING = 'Conflict Container <id> is restarting, wait until the container is running'
const REMOVING = 'Conflict removal of container <id> is already in progress'
const rm = (why: string) => `Conflict cannot remove container "c1": container is ${why}`
const NOT_MODIFIED = 'NotModified '

/** Cell by cell: what each verb answers in each state. */
const table: Record<keyof typeof ops, Record<StateName, string>> = {
  start: {
    created: 'ok',
    running: NOT_MODIFIED,
    paused: 'Conflict cannot start a paused container, try unpause instead',
    restarting: NOT_MODIFIED,
    exited: 'ok',
    removing: NOT_MODIFIED,
  },
  stop: { created: NOT_MODIFIED, running: 'ok', paused: 'ok', restarting: 'ok', exited: NOT_MODIFIED, removing: 'ok' },
  restart: {
    created: 'ok',
    running: 'ok',
    paused: 'ok',
    restarting: 'ok',
    exited: 'ok',
    removing: 'Conflict Cannot restart container <id>: container is marked for removal and cannot be started',
  },
  kill: {
    created: KILL_NOT_RUNNING,
    running: 'ok',
    paused: 'ok',
    restarting: 'ok',
    exited: KILL_NOT_RUNNING,
    removing: 'ok',
  },
  pause: {
    created: NOT_RUNNING,
    running: 'ok',
    paused: 'Conflict Container <id> is already paused',
    restarting: RESTARTING,
    exited: NOT_RUNNING,
    removing: 'ok',
  },
  unpause: {
    created: NOT_PAUSED,
    running: NOT_PAUSED,
    paused: 'ok',
    restarting: NOT_PAUSED,
    exited: NOT_PAUSED,
    removing: NOT_PAUSED,
  },
  rm: {
    created: 'ok',
    running: rm('running: stop the container before removing or force remove'),
    paused: rm('paused and must be unpaused first'),
    restarting: rm('restarting: stop the container before removing or force remove'),
    exited: 'ok',
    removing: REMOVING,
  },
  'rm force': {
    created: 'ok',
    running: 'ok',
    paused: 'ok',
    restarting: 'ok',
    exited: 'ok',
    removing: REMOVING,
  },
  rename: { created: 'ok', running: 'ok', paused: 'ok', restarting: 'ok', exited: 'ok', removing: 'ok' },
  update: {
    created: 'ok',
    running: 'ok',
    paused: 'ok',
    restarting: 'ok',
    exited: 'ok',
    removing: 'Conflict Cannot update container <id>: container is marked for removal and cannot be "update"',
  },
}

/** What `State.Status` says once the verb was let in and the process did what a killed one does. */
const after: Partial<Record<keyof typeof ops, Partial<Record<StateName, string>>>> = {
  start: { created: 'running', exited: 'running' },
  stop: { running: 'exited', paused: 'exited', restarting: 'exited' },
  restart: { created: 'running', running: 'running', paused: 'running', restarting: 'running', exited: 'running' },
  kill: { running: 'exited', paused: 'exited', restarting: 'exited' },
  pause: { running: 'paused' },
  unpause: { paused: 'running' },
  rm: { created: 'gone', exited: 'gone' },
  'rm force': { created: 'gone', running: 'gone', paused: 'gone', restarting: 'gone', exited: 'gone' },
}

describe.each(Object.keys(ops) as (keyof typeof ops)[])('%s', (op) => {
  test.each(Object.keys(states) as StateName[])('of a container that is %s', (name) => {
    const world = new World()
    const id = states[name](world)
    expect(world.try(ops[op](id)).replaceAll(id, '<id>')).toBe(table[op][name])
    const expected = after[op]?.[name]
    if (!expected) return
    if (world.state.containers.byId.get(id)?.flags.pid && !['pause', 'unpause', 'start'].includes(op) && hasKill(world))
      world.exit(id, 137)
    expect(statusOf(world, id)).toBe(expected)
  })
})

const hasKill = (world: World) => world.log.some(({ type }) => type === 'container.kill')

function statusOf(world: World, id: string): string {
  const flags = world.state.containers.byId.get(id)?.flags
  if (!flags) return 'gone'
  if (flags.running) return flags.paused ? 'paused' : flags.restarting ? 'restarting' : 'running'
  return flags.startedAt > 0 ? 'exited' : 'created'
}

test('a container that is not there is not there for any verb', () => {
  const world = new World()
  for (const [op, command] of Object.entries(ops)) {
    const words =
      op === 'kill' ? 'cannot kill container: nosuch: No such container: nosuch' : 'No such container: nosuch'
    expect(world.try(command('nosuch')), op).toBe(`NotFound ${words}`)
  }
})
