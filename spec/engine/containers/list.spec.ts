import { describe, expect, test } from 'vitest'
import { Problem } from '../../../src/core/problem.ts'
import { type ListQuery, list } from '../../../src/engine/containers/list.ts'
import { World } from '../world.ts'

function world(): World {
  const world = new World()
  world.run('l1', { Cmd: ['sleep', '300'], Labels: { k: 'v1' }, ExposedPorts: { '80/tcp': {} } })
  world.run('l2', { Cmd: ['false'], Labels: { k: 'v2' } })
  world.exit('l2', 1)
  world.create('l3', { Cmd: ['true'] })
  return world
}

const names = (of: World, filters: Record<string, string[]> = {}, over: Partial<ListQuery> = {}) =>
  list(of.state, { all: true, limit: 0, filters: new Map(Object.entries(filters)), ...over }).map(({ name }) => name)

function refusal(filters: Record<string, string[]>): string {
  try {
    names(world(), filters)
    return 'ok'
  } catch (problem) {
    return problem instanceof Problem ? `${problem.kind} ${problem.message}` : String(problem)
  }
}

describe('list', () => {
  test('newest first, running ones only unless asked', () => {
    expect(names(world())).toEqual(['l3', 'l2', 'l1'])
    expect(names(world(), {}, { all: false })).toEqual(['l1'])
  })

  test('a limit means the newest, running or not; below zero it means nothing', () => {
    expect(names(world(), {}, { all: false, limit: 2 })).toEqual(['l3', 'l2'])
    expect(names(world(), {}, { all: false, limit: -1 })).toEqual(['l1'])
  })

  test.each<[Record<string, string[]>, string[]]>([
    [{ name: ['l1'] }, ['l1']],
    [{ name: ['^/l[12]$'] }, ['l2', 'l1']],
    [{ name: ['['] }, []],
    [{ label: ['k'] }, ['l2', 'l1']],
    [{ label: ['k=v1'] }, ['l1']],
    [{ label: ['k=v1', 'k=v2'] }, []],
    [{ status: ['exited'] }, ['l2']],
    [{ status: ['exited', 'created'] }, ['l3', 'l2']],
    [{ exited: ['1'] }, ['l2']],
    [{ exited: ['0'] }, []],
    [{ ancestor: ['tiny'] }, ['l3', 'l2', 'l1']],
    [{ ancestor: ['nosuch'] }, []],
    [{ before: ['l2'] }, ['l1']],
    [{ since: ['l2'] }, ['l3']],
    [{ health: ['none'] }, ['l3', 'l2', 'l1']],
    [{ health: ['healthy'] }, []],
    [{ 'is-task': ['true'] }, []],
    [{ isolation: ['default'] }, ['l3', 'l2', 'l1']],
    [{ name: ['l'], label: ['k=v2'] }, ['l2']],
  ])('%j', (filters, expected) => {
    expect(names(world(), filters)).toEqual(expected)
  })

  test('by id: a prefix that stands for one container', () => {
    const of = world()
    const { id } = of.container('l2')
    expect(names(of, { id: [id.slice(0, 12)] })).toEqual(['l2'])
    expect(names(of, { id: [''] })).toEqual([])
  })

  test('status shows stopped ones by itself', () => {
    expect(names(world(), { status: ['exited'] }, { all: false })).toEqual(['l2'])
  })

  test.each<[Record<string, string[]>, string]>([
    [
      { status: ['foo'] },
      "InvalidParameter invalid filter 'status=foo': invalid value for state (foo): must be one of created, running, paused, restarting, removing, exited, dead",
    ],
    [
      { health: ['zz'] },
      "InvalidParameter invalid filter 'health=zz': invalid value for health (zz): must be one of none, starting, healthy, unhealthy",
    ],
    [{ exited: ['x'] }, `InvalidParameter invalid filter 'exited=x': strconv.Atoi: parsing "x": invalid syntax`],
    [{ 'is-task': ['zz'] }, "InvalidParameter invalid filter 'is-task=[zz]'"],
    [{ before: ['nosuch'] }, 'NotFound No such container: nosuch'],
    [
      { publish: ['zz'] },
      'System error while looking up for publish zz: strconv.ParseUint: parsing "zz": invalid syntax',
    ],
  ])('%j is refused', (filters, words) => {
    expect(refusal(filters)).toBe(words)
  })
})
