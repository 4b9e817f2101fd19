import { describe, expect, it } from 'vitest'
import { resolveName } from '../../../src/engine/networks/dns.ts'
import { networkSpec } from '../../../src/engine/networks/endpoints.ts'
import { react } from '../../../src/engine/react.ts'
import { World } from '../world.ts'
import { connect, createNetwork, disconnect } from './requests.ts'

const on = (network: string, Aliases: string[] = []) => ({
  HostConfig: { NetworkMode: network },
  NetworkingConfig: { EndpointsConfig: { [network]: { Aliases } } },
})
const ask = (world: World, asker: string, name: string) => resolveName(world.state, world.container(asker).id, name)
const spec = (world: World, name: string) => networkSpec(world.state, world.container(name))

describe('the embedded DNS', () => {
  it('knows names, aliases and short ids of who shares a network', () => {
    const world = new World()
    world.do(createNetwork('n'))
    world.run('ca', on('n'))
    const id = world.run('cb', { ...on('n', ['web']), Hostname: 'bee' })
    for (const name of ['cb', 'CB', 'web', 'bee', 'cb.n', 'web.', id.slice(0, 12)])
      expect(ask(world, 'ca', name), name).toEqual(['172.18.0.3'])
    expect(ask(world, 'ca', 'ca')).toEqual(['172.18.0.2'])
    expect(ask(world, 'ca', 'nosuch')).toEqual([])
  })

  it('knows nobody on the default bridge, nor of other networks', () => {
    const world = new World()
    world.do(createNetwork('n'))
    world.do(createNetwork('m'))
    for (const [name, network] of [
      ['ca', 'n'],
      ['cb', 'm'],
    ] as const)
      world.run(name, on(network))
    world.run('cc')
    world.run('cd')
    expect(ask(world, 'ca', 'cb')).toEqual([])
    expect(ask(world, 'cc', 'cd')).toEqual([])
    world.do(connect('n', 'cb'))
    expect(ask(world, 'ca', 'cb')).toEqual(['172.18.0.3'])
    world.do(disconnect('n', 'cb'))
    expect(ask(world, 'ca', 'cb')).toEqual([])
  })

  it('gives all who have an alias, and a link to its owner only', () => {
    const world = new World()
    world.do(createNetwork('n'))
    world.run('ca', on('n', ['db']))
    world.run('cb', on('n', ['db']))
    world.run('cc', { HostConfig: { NetworkMode: 'n', Links: ['ca:one'] } })
    expect(ask(world, 'cc', 'db')).toHaveLength(2)
    expect(ask(world, 'cc', 'one')).toEqual(['172.18.0.2'])
    expect(ask(world, 'cb', 'one')).toEqual([])
  })

  it('answers for the namespace that a container shares', () => {
    const world = new World()
    world.do(createNetwork('n'))
    world.run('ca', on('n'))
    world.run('cb', on('n'))
    world.run('cs', { HostConfig: { NetworkMode: 'container:ca' } })
    expect(ask(world, 'cs', 'cb')).toEqual(['172.18.0.3'])
  })
})

describe('/etc/hosts', () => {
  it('has the own name, extra hosts and links', () => {
    const world = new World()
    const db = world.run('db')
    world.run('c1', {
      Hostname: 'hh',
      Domainname: 'dd',
      HostConfig: { Links: ['db:store'], ExtraHosts: ['up:10.0.0.9', 'gw:host-gateway', 'six:[fd00::1]'] },
    })
    expect(spec(world, 'c1').hosts.slice(6)).toEqual([
      ['10.0.0.9', ['up']],
      ['172.17.0.1', ['gw']],
      ['fd00::1', ['six']],
      ['172.17.0.2', ['store', db.slice(0, 12), 'db']],
      ['172.17.0.3', ['hh.dd', 'hh']],
    ])
    expect(spec(world, 'c1').resolvers).toEqual([])
  })
})

describe('rewire', () => {
  /** Containers that the machines are told of, for the events of a command. */
  const rewired = (world: World, act: () => void) => {
    const from = world.log.length
    act()
    return world.log
      .slice(from)
      .flatMap((event) => react({ ...event, at: world.now, position: 0 }, world.state))
      .flatMap((effect) => (effect.kind === 'rewire' ? [world.container(effect.container).name] : []))
  }

  it('reaches the container itself, those linked to it and those in its namespace', () => {
    const world = new World()
    world.do(createNetwork('n'))
    world.run('db')
    world.run('linked', { HostConfig: { Links: ['db'] } })
    world.run('inside', { HostConfig: { NetworkMode: 'container:db' } })
    world.run('other')
    expect(rewired(world, () => world.do(connect('n', 'db')))).toEqual(['db', 'linked', 'inside'])
    expect(rewired(world, () => world.do(disconnect('n', 'db')))).toEqual(['db', 'linked', 'inside'])
    expect(rewired(world, () => world.run('new'))).toEqual(['new'])
  })

  it('leaves out who is gone', () => {
    const world = new World()
    world.run('db')
    world.run('linked', { HostConfig: { Links: ['db'] } })
    world.exit('linked', 0)
    world.do({ type: 'ContainerDelete', id: 'linked', force: false, volumes: false, link: false })
    expect(world.state.networks.dependents.size).toBe(0)
    expect(world.state.networks.dependencies.size).toBe(0)
  })
})
