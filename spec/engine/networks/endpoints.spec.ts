import { describe, expect, it } from 'vitest'
import { networkSettings, networkSpec, networkSummary } from '../../../src/engine/networks/endpoints.ts'
import { World } from '../world.ts'
import { connect, createNetwork, disconnect, inspectNetwork, ipam } from './requests.ts'

// biome-ignore lint/suspicious/noExplicitAny: specs look into the answer
const settings = (world: World, name: string): any => networkSettings(world.state, world.container(name))
const on = (network: string, endpoint: unknown = {}) => ({
  HostConfig: { NetworkMode: network },
  NetworkingConfig: { EndpointsConfig: { [network]: endpoint } },
})

describe('an endpoint on the default bridge', () => {
  it('is wanted at create, there from start, gone at exit', () => {
    const world = new World()
    const id = world.create('c1')
    expect(settings(world, 'c1').Networks.bridge).toMatchObject({ NetworkID: '', IPAddress: '', DNSNames: null })
    world.do({ type: 'ContainerStart', id })
    const bridge = inspectNetwork(world, 'bridge')
    const running = settings(world, 'c1')
    expect(running).toMatchObject({ IPAddress: '172.17.0.2', IPPrefixLen: 16, Gateway: '172.17.0.1' })
    expect(running.SandboxKey).toBe(`/var/run/docker/netns/${running.SandboxID.slice(0, 12)}`)
    expect(running.Networks.bridge).toMatchObject({ NetworkID: bridge.Id, IPAddress: '172.17.0.2', DNSNames: null })
    expect(running.Networks.bridge.MacAddress).toMatch(/^[0-9a-f][26ae](:[0-9a-f]{2}){5}$/)
    expect(bridge.Containers).toEqual({
      [id]: {
        Name: 'c1',
        EndpointID: running.EndpointID,
        MacAddress: running.MacAddress,
        IPv4Address: '172.17.0.2/16',
        IPv6Address: '',
      },
    })
    world.exit('c1', 0)
    expect(settings(world, 'c1')).toMatchObject({ SandboxID: '', IPAddress: '', Ports: {} })
    expect(settings(world, 'c1').Networks.bridge).toMatchObject({ NetworkID: bridge.Id, EndpointID: '' })
    expect(inspectNetwork(world, 'bridge').Containers).toEqual({})
  })

  it('gets the lowest free address', () => {
    const world = new World()
    for (const name of ['c1', 'c2', 'c3']) world.run(name)
    world.exit('c2', 0)
    world.run('c4')
    expect(settings(world, 'c4').IPAddress).toBe('172.17.0.3')
  })

  it('has names in the DNS only after a rename', () => {
    const world = new World()
    const id = world.run('c1')
    world.do({ type: 'ContainerRename', id, name: 'other' })
    expect(settings(world, 'other').Networks.bridge.DNSNames).toEqual(['other', id.slice(0, 12)])
  })

  it('is told in the list without names', () => {
    const world = new World()
    world.run('c1')
    const { networkSettings: summary, ports } = networkSummary(world.state, world.container('c1'))
    expect(summary).toMatchObject({ Networks: { bridge: { IPAddress: '172.17.0.2', DNSNames: null } } })
    expect(ports).toEqual([])
  })
})

describe("an endpoint on a user's network", () => {
  const net = (subnet = '10.88.5.0/24') => {
    const world = new World()
    world.do(createNetwork('n', { ipam: ipam({ subnet }) }))
    return world
  }

  it('has the address, the MAC and the aliases that were asked for', () => {
    const world = net()
    const endpoint = { IPAMConfig: { IPv4Address: '10.88.5.20' }, MacAddress: '02:00:00:00:00:01', Aliases: ['web'] }
    const id = world.run('c1', on('n', endpoint))
    expect(settings(world, 'c1').Networks.n).toMatchObject({
      IPAddress: '10.88.5.20',
      IPPrefixLen: 24,
      Gateway: '10.88.5.1',
      MacAddress: '02:00:00:00:00:01',
      Aliases: ['web'],
      DNSNames: ['c1', 'web', id.slice(0, 12)],
    })
    // Only the default bridge shows in the old fields.
    expect(settings(world, 'c1').IPAddress).toBe('')
  })

  it('has both families where the network has', () => {
    const world = new World()
    world.do(createNetwork('n', { enableIPv6: true, ipam: ipam({ subnet: 'fd00:5::/64' }) }))
    world.run('c1', on('n'))
    expect(settings(world, 'c1').Networks.n).toMatchObject({
      IPAddress: '172.18.0.2',
      GlobalIPv6Address: 'fd00:5::2',
      GlobalIPv6PrefixLen: 64,
      IPv6Gateway: 'fd00:5::1',
    })
    expect(networkSpec(world.state, world.container('c1')).addresses).toEqual(['172.18.0.2', 'fd00:5::2'])
  })

  it('has no gateway on an internal network', () => {
    const world = new World()
    world.do(createNetwork('n', { internal: true }))
    world.run('c1', on('n'))
    expect(settings(world, 'c1').Networks.n).toMatchObject({ IPAddress: '172.18.0.2', Gateway: '' })
  })

  it('is refused at create for what cannot be', () => {
    const world = net()
    const attempt = (endpoint: unknown, network = 'n') => {
      try {
        world.create('bad', on(network, endpoint))
        return 'ok'
      } catch (problem) {
        return (problem as { message: string }).message
      }
    }
    const ip = (IPv4Address: string) => ({ IPAMConfig: { IPv4Address } })
    expect(attempt(ip('1.2.3.4'))).toBe(
      'invalid config for network n: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 1.2.3.4',
    )
    expect(attempt(ip('zz'))).toBe(
      'invalid config for network n: invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz',
    )
    expect(attempt({ MacAddress: 'zz' })).toBe('invalid config for network n: invalid MAC address zz')
    expect(attempt(ip('172.17.0.9'), 'bridge')).toBe(
      'invalid config for network bridge: invalid endpoint settings:\n* user specified IP address is supported on user defined networks only\n* user specified IP address is supported only when connecting to networks with user configured subnets',
    )
    expect(attempt({ Aliases: ['x'] }, 'bridge')).toBe(
      'invalid config for network bridge: invalid endpoint settings:\nnetwork-scoped alias is supported only for containers in user defined networks',
    )
  })

  it('is refused at start for a network that is not there, by name and then by the id it had', () => {
    const world = net()
    world.run('c1', on('n'))
    world.exit('c1', 0)
    const { Id } = inspectNetwork(world, 'n')
    world.do({ type: 'NetworkDelete', id: 'n' })
    const failed = (name: string) => {
      const id = world.container(name).id
      return world.do({ type: 'ContainerStart', id }).find((event) => event.type === 'container.start_failed')
    }
    expect(failed('c1')).toMatchObject({
      kind: 'NotFound',
      exitCode: 128,
      error: `failed to set up container networking: network ${Id} not found`,
    })
    world.create('c2', on('nosuch'))
    expect(failed('c2')).toMatchObject({ error: 'failed to set up container networking: network nosuch not found' })
  })

  it('says when a network has no address left', () => {
    const world = net('10.9.0.0/30')
    world.run('c1', on('n'))
    const id = world.create('c2', on('n'))
    const [failed] = world.do({ type: 'ContainerStart', id }).filter((event) => event.type === 'container.start_failed')
    expect(failed!.error).toBe(
      `failed to set up container networking: no available IPv4 addresses on this network's address pools: n (${inspectNetwork(world, 'n').Id})`,
    )
  })
})

describe('other network modes', () => {
  it('host: a namespace that is the host’s, no address', () => {
    const world = new World()
    const id = world.run('c1', { HostConfig: { NetworkMode: 'host' } })
    expect(settings(world, 'c1')).toMatchObject({ SandboxKey: '/var/run/docker/netns/default', Ports: {} })
    expect(settings(world, 'c1').Networks.host).toMatchObject({ IPAddress: '', MacAddress: '', DNSNames: null })
    expect(inspectNetwork(world, 'host').Containers[id]).toMatchObject({ Name: 'c1', IPv4Address: '' })
  })

  it('none: an endpoint without an address', () => {
    const world = new World()
    world.run('c1', { HostConfig: { NetworkMode: 'none' } })
    expect(settings(world, 'c1').Networks.none.EndpointID).toMatch(/^[0-9a-f]{64}$/)
    expect(networkSpec(world.state, world.container('c1')).addresses).toEqual([])
  })

  it('container: shares addresses and names, needs the other to run', () => {
    const world = new World()
    world.create('owner')
    const start = (name: string) => {
      const events = world.do({ type: 'ContainerStart', id: world.container(name).id })
      return events.find((event) => event.type === 'container.start_failed')?.error ?? 'ok'
    }
    world.create('c1', { HostConfig: { NetworkMode: 'container:owner' } })
    world.create('c2', { HostConfig: { NetworkMode: 'container:nosuch' } })
    world.create('c3', { HostConfig: { NetworkMode: 'container:c3' } })
    expect(start('c1')).toBe('cannot join network namespace of a non running container: container owner is created')
    expect(start('c2')).toBe('joining network namespace of container: No such container: nosuch')
    expect(start('c3')).toBe('cannot join own network namespace')
    start('owner')
    expect(start('c1')).toBe('ok')
    expect(settings(world, 'c1').Networks).toEqual({})
    expect(networkSpec(world.state, world.container('c1')).addresses).toEqual(['172.17.0.2'])
  })
})

describe('connect and disconnect', () => {
  const two = () => {
    const world = new World()
    world.do(createNetwork('n', { ipam: ipam({ subnet: '10.77.0.0/24' }) }))
    world.do(createNetwork('auto'))
    world.run('c1')
    return world
  }

  it('a running container has the endpoint at once', () => {
    const world = two()
    world.do(connect('n', 'c1', { IPAMConfig: { IPv4Address: '10.77.0.200' }, Aliases: ['zz'] }))
    expect(settings(world, 'c1').Networks.n).toMatchObject({
      IPAddress: '10.77.0.200',
      DNSNames: ['c1', 'zz', expect.any(String)],
    })
    world.do(disconnect('n', 'c1'))
    expect(Object.keys(settings(world, 'c1').Networks)).toEqual(['bridge'])
  })

  it('a stopped one has it at its next start', () => {
    const world = two()
    world.create('c2')
    world.do(connect('n', 'c2'))
    expect(settings(world, 'c2').Networks.n).toMatchObject({ NetworkID: '', DNSNames: ['c2', expect.any(String)] })
    world.do({ type: 'ContainerStart', id: 'c2' })
    expect(settings(world, 'c2').Networks.n.IPAddress).toBe('10.77.0.2')
    expect(settings(world, 'c2').IPAddress).toBe('172.17.0.3')
    world.exit('c2', 0)
    world.do(disconnect('n', 'c2'))
    expect(Object.keys(settings(world, 'c2').Networks)).toEqual(['bridge'])
  })

  it('refuses in the words of the daemon', () => {
    const world = two()
    world.run('hh', { HostConfig: { NetworkMode: 'host' } })
    world.run('no', { HostConfig: { NetworkMode: 'none' } })
    world.run('sh', { HostConfig: { NetworkMode: 'container:c1' } })
    world.do(connect('n', 'c1'))
    const id = world.container('c1').id
    const words: readonly [ReturnType<typeof connect>, string][] = [
      [connect('n', 'c1'), 'Forbidden endpoint with name c1 already exists in network n'],
      [connect('nosuch', 'c1'), 'NotFound network nosuch not found'],
      [connect('n', 'nosuch'), 'NotFound No such container: nosuch'],
      [connect('n', ''), 'InvalidParameter invalid name or ID supplied: ""'],
      [
        connect('host', 'c1'),
        'InvalidParameter cannot connect container to host network - container must be created in host network mode',
      ],
      [
        connect('none', 'c1'),
        'InvalidParameter container cannot be connected to multiple networks with one of the networks in private (none) mode',
      ],
      [
        connect('n', 'no'),
        'InvalidParameter container cannot be connected to multiple networks with one of the networks in private (none) mode',
      ],
      [
        connect('n', 'hh'),
        'InvalidParameter container sharing network namespace with another container or host cannot be connected to any other network',
      ],
      [
        connect('n', 'sh'),
        'InvalidParameter container sharing network namespace with another container or host cannot be connected to any other network',
      ],
      [
        connect('auto', 'c1', { IPAMConfig: { IPv4Address: '172.18.0.77' } }),
        'InvalidParameter invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets',
      ],
      [disconnect('auto', 'c1'), `System container ${id} is not connected to network auto`],
      [disconnect('nosuch', 'c1'), 'NotFound network nosuch not found'],
      [disconnect('n', 'nosuch'), 'NotFound No such container: nosuch'],
      [disconnect('n', 'nosuch', true), 'NotFound endpoint nosuch not found'],
      [
        disconnect('host', 'hh'),
        'InvalidParameter cannot disconnect container from host network - container was created in host network mode',
      ],
    ]
    for (const [command, said] of words) expect(world.try(command)).toBe(said)
  })

  it('an address in use fails the connect, but leaves its settings behind', () => {
    const world = two()
    const settingsOf = { IPAMConfig: { IPv4Address: '10.77.0.200' } }
    world.do(connect('n', 'c1', settingsOf))
    world.run('c2')
    const [failed] = world.do(connect('n', 'c2', settingsOf))
    expect(failed).toMatchObject({ type: 'network.connect_failed', kind: 'Forbidden', error: 'Address already in use' })
    expect(settings(world, 'c2').Networks.n).toMatchObject({
      NetworkID: '',
      IPAMConfig: { IPv4Address: '10.77.0.200' },
    })
  })
})
