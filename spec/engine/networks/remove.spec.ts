import { describe, expect, it } from 'vitest'
import { list } from '../../../src/engine/networks/list.ts'
import { parseFilters } from '../../../src/http/filters.ts'
import { World } from '../world.ts'
import { createNetwork, inspectNetwork } from './requests.ts'

const filtered = (world: World, filters: unknown) =>
  list(world.state, parseFilters(JSON.stringify(filters))).map(({ name }) => name)

const on = (network: string) => ({ HostConfig: { NetworkMode: network } })

describe('remove', () => {
  it('is refused while somebody runs on it, not for stopped containers', () => {
    const world = new World()
    world.do(createNetwork('n'))
    world.run('c1', on('n'))
    const endpoint = Object.values(inspectNetwork(world, 'n').Containers)[0] as { EndpointID: string }
    expect(world.try({ type: 'NetworkDelete', id: 'n' })).toBe(
      `Forbidden error while removing network: network n has active endpoints (name:"c1" id:"${endpoint.EndpointID.slice(0, 12)}")`,
    )
    world.exit('c1', 0)
    expect(world.try({ type: 'NetworkDelete', id: 'n' })).toBe('ok')
  })

  it.each([
    ['bridge', 'Forbidden bridge is a pre-defined network and cannot be removed'],
    ['host', 'Forbidden host is a pre-defined network and cannot be removed'],
    ['nosuch', 'NotFound network nosuch not found'],
  ])('%s → %s', (id, words) => {
    expect(new World().try({ type: 'NetworkDelete', id })).toBe(words)
  })

  it('finds a network by id, by name and by the beginning of its id; a name comes first', () => {
    const world = new World()
    world.do(createNetwork('n'))
    const { Id } = inspectNetwork(world, 'n')
    expect(inspectNetwork(world, Id).Name).toBe('n')
    expect(inspectNetwork(world, Id.slice(0, 12)).Name).toBe('n')
    world.do(createNetwork(Id.slice(0, 12)))
    expect(inspectNetwork(world, Id.slice(0, 12)).Name).toBe(Id.slice(0, 12))
  })
})

describe('prune', () => {
  it('takes what nobody runs on, filters apart', () => {
    const world = new World()
    world.do(createNetwork('a', { labels: { keep: '1' } }))
    world.do(createNetwork('b'))
    world.do(createNetwork('c'))
    world.run('c1', on('c'))
    const prune = (filters: unknown) =>
      world
        .do({ type: 'NetworkPrune', filters: parseFilters(JSON.stringify(filters)) })
        .flatMap((event) => (event.type === 'network.destroy' ? [event.name] : []))
    expect(prune({ label: ['nosuch'] })).toEqual([])
    expect(prune({ 'label!': ['keep'] })).toEqual(['b'])
    expect(prune({})).toEqual(['a'])
    world.exit('c1', 0)
    expect(prune({ until: ['2000-01-01'] })).toEqual([])
    expect(prune({})).toEqual(['c'])
    expect(filtered(world, {})).toEqual(['none', 'host', 'bridge'])
  })
})

describe('list', () => {
  it.each([
    [{}, ['none', 'host', 'bridge', 'api-1', 'api-2']],
    [{ name: ['api'] }, ['api-1', 'api-2']],
    [{ name: ['^api-1$'] }, ['api-1']],
    [{ driver: ['bridge'] }, ['bridge', 'api-1', 'api-2']],
    [{ label: ['a=b'] }, ['api-1']],
    [{ type: ['custom'] }, ['api-1', 'api-2']],
    [{ type: ['builtin'] }, ['none', 'host', 'bridge']],
    [{ scope: ['swarm'] }, []],
    [{ dangling: ['true'] }, ['api-1']],
    [{ dangling: ['0'] }, ['none', 'host', 'bridge', 'api-2']],
  ])('%j → %j', (filters, names) => {
    const world = new World()
    world.do(createNetwork('api-1', { labels: { a: 'b' } }))
    world.do(createNetwork('api-2'))
    world.run('c1', on('api-2'))
    expect(filtered(world, filters)).toEqual(names)
  })
})
