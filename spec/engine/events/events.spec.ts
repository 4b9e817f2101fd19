import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { messages } from '../../../src/engine/events/event-log.ts'
import { included } from '../../../src/engine/events/filter.ts'
import { stream } from '../../../src/engine/events/stream.ts'
import { noFilters, parseFilters } from '../../../src/http/filters.ts'
import { reading } from '../reading.ts'
import { START, World } from '../world.ts'

const query = { since: undefined, until: undefined, filters: noFilters, version: '1.51' }
const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** A container that has run and is gone. */
function lived() {
  const world = new World()
  const id = world.run('web', { Labels: { k: 'v' } })
  world.pass(3 * SECOND)
  world.exit('web', 3)
  world.do({ type: 'ContainerDelete', id: 'web', force: false, volumes: false, link: false })
  return { world, id }
}

describe('messages', () => {
  test('tell of a life in the order of Docker, with labels', () => {
    const { world, id } = lived()
    const told = messages(world.state.events)
    expect(told.map(({ type, action }) => `${type} ${action}`)).toEqual([
      'container create',
      'network connect',
      'container start',
      'network disconnect',
      'container die',
      'container destroy',
    ])
    expect(told[4]).toMatchObject({
      id,
      attributes: { image: 'tiny', name: 'web', k: 'v', exitCode: '3', execDuration: '3' },
    })
  })

  test('say again what older clients read, and to the oldest only that', () => {
    const { world, id } = lived()
    const [created] = lines(reading(world, stream(world.state, { ...query, since: START })).text)
    const time = { time: START / SECOND, timeNano: START * 1000 }
    expect(created).toEqual({
      status: 'create',
      id,
      from: 'tiny',
      Type: 'container',
      Action: 'create',
      Actor: { ID: id, Attributes: { image: 'tiny', k: 'v', name: 'web' } },
      scope: 'local',
      ...time,
    })
    const old = lines(reading(world, stream(world.state, { ...query, since: START, version: '1.15' })).text)
    expect(old).toHaveLength(4)
    expect(old[0]).toEqual({ status: 'create', id, from: 'tiny', ...time })
  })

  test('nanoseconds are exact', () => {
    const world = new World()
    world.now += 123_457
    world.create('web')
    expect(reading(world, stream(world.state, { ...query, since: START })).text).toContain(
      '"timeNano":1735689600123457000',
    )
  })
})

describe('the stream', () => {
  test('tells what is to come; with since, what was, too', () => {
    const { world } = lived()
    const live = reading(world, stream(world.state, query))
    const all = reading(world, stream(world.state, { ...query, since: START }))
    world.create('other')
    expect(lines(live.text).map(({ Action }) => Action)).toEqual(['create'])
    expect(lines(all.text)).toHaveLength(7)
    expect(live.ended).toBe(false)
  })

  test('ends at once when until is past, else then', () => {
    const { world } = lived()
    const past = reading(world, stream(world.state, { ...query, since: START, until: START }))
    expect([past.ended, lines(past.text).length]).toEqual([true, 3])
    const timed = reading(world, stream(world.state, { ...query, until: world.now + SECOND }))
    expect(timed.ended).toBe(false)
    world.pass(SECOND)
    expect(timed.ended).toBe(true)
  })

  test('keeps the last 256', () => {
    const world = new World()
    for (let i = 0; i < 300; i++) world.create(`c${i}`)
    const told = messages(world.state.events)
    expect(told).toHaveLength(256)
    expect(told.at(-1)!.attributes.name).toBe('c299')
  })
})

describe('filters', () => {
  const message = {
    type: 'container',
    action: 'exec_create: sh',
    id: 'abcdef',
    attributes: { image: 'busybox:1.36', name: 'web', k: 'v' },
    at: 0,
    position: 0,
  }
  test.each([
    ['{"type":["container"]}', true],
    ['{"type":{"network":true}}', false],
    ['{"event":["exec_create"]}', true],
    ['{"event":["exec_create: ls"]}', false],
    ['{"event":["die","exec_create: sh"]}', true],
    ['{"container":["we"]}', true],
    ['{"container":["abc"]}', true],
    ['{"container":["eb"]}', false],
    ['{"image":["busybox"]}', true],
    ['{"image":["busybox:1.36"]}', true],
    ['{"image":["busybox:latest"]}', false],
    ['{"label":["k"]}', true],
    ['{"label":["k=v","x"]}', false],
    ['{"scope":["local"]}', true],
    ['{"scope":["swarm"]}', false],
    ['{"nosuch":["x"]}', true],
    ['{"type":["container"],"label":["k=w"]}', false],
  ])('%s: %s', (filters, expected) => {
    expect(included(parseFilters(filters), message)).toBe(expected)
  })
})
