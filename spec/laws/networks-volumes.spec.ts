import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECOND } from '../../src/core/instant.ts'
import type { EngineCommand, EngineState } from '../../src/engine/index.ts'
import { parseAddress } from '../../src/engine/networks/address.ts'
import { bare } from '../../src/engine/networks/endpoint.ts'
import { networkSettings } from '../../src/engine/networks/endpoints.ts'
import { isTaken } from '../../src/engine/networks/pool.ts'
import { noFilters } from '../../src/http/filters.ts'
import { connect, createNetwork, disconnect, ipam } from '../engine/networks/requests.ts'
import { createVolume, removeVolume } from '../engine/volumes/requests.ts'
import { createCommand, World } from '../engine/world.ts'

type Act = { readonly pass: number } | { readonly exit: string } | { readonly command: EngineCommand }

const container = fc.constantFrom('c1', 'c2', 'c3', 'c4')
const network = fc.constantFrom('bridge', 'n1', 'n2', 'small', 'host', 'none')
const volume = fc.constantFrom('v1', 'v2')
const flag = fc.boolean()

const binding = fc.record({
  HostIp: fc.constantFrom('', '0.0.0.0', '127.0.0.1', '::'),
  HostPort: fc.constantFrom('8080', '8080', '8080-8081', ''),
})
const body = fc.record({
  ExposedPorts: fc.constantFrom({ '80/tcp': {} }, { '80/tcp': {}, '53/udp': {} }),
  Volumes: fc.constantFrom({}, { '/v': {} }),
  HostConfig: fc.record(
    {
      NetworkMode: fc.oneof({ weight: 5, arbitrary: network }, fc.constantFrom('container:c1', 'container:c2')),
      PublishAllPorts: flag,
      PortBindings: fc.array(binding, { minLength: 1, maxLength: 2 }).map((bindings) => ({ '80/tcp': bindings })),
      Binds: fc.constantFrom([], ['v1:/a'], ['v1:/a', 'v2:/b'], ['/tmp:/h', '/x']),
      VolumesFrom: fc.constantFrom(null, ['c1'], ['c2:ro']),
      AutoRemove: flag,
      RestartPolicy: fc.constantFrom({ Name: '' }, { Name: 'always' }),
    },
    { requiredKeys: [] },
  ),
})
const settings = fc.constantFrom({}, { IPAMConfig: { IPv4Address: '10.5.0.3' } }, { GwPriority: 5 }, { Aliases: ['x'] })

const command: fc.Arbitrary<EngineCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(container, body).map(([name, json]) => createCommand(name, json)) },
  { weight: 8, arbitrary: container.map((id): EngineCommand => ({ type: 'ContainerStart', id })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(container, flag, flag)
      .map(([id, force, volumes]): EngineCommand => ({ type: 'ContainerDelete', id, force, volumes, link: false })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(container, container)
      .map(([id, name]): EngineCommand => ({ type: 'ContainerRename', id, name })),
  },
  { weight: 3, arbitrary: fc.tuple(network, container, settings).map(([id, name, given]) => connect(id, name, given)) },
  { weight: 3, arbitrary: fc.tuple(network, container).map(([id, name]) => disconnect(id, name)) },
  { weight: 1, arbitrary: network.map((name) => createNetwork(name)) },
  { weight: 1, arbitrary: network.map((id): EngineCommand => ({ type: 'NetworkDelete', id })) },
  { weight: 1, arbitrary: volume.map((name) => createVolume(name)) },
  { weight: 1, arbitrary: fc.tuple(volume, flag).map(([name, force]) => removeVolume(name, force)) },
  { weight: 1, arbitrary: flag.map((all): EngineCommand => ({ type: 'VolumePrune', all, filters: noFilters })) },
  { weight: 1, arbitrary: fc.constant<EngineCommand>({ type: 'NetworkPrune', filters: noFilters }) },
)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: command.map((one) => ({ command: one })) },
  { weight: 2, arbitrary: container.map((exit) => ({ exit })) },
  { weight: 1, arbitrary: fc.nat({ max: 70 }).map((pass) => ({ pass })) },
)
const life = fc.array(act, { maxLength: 50, size: 'max' })

const web = (HostIp: string) => ({
  ExposedPorts: { '80/tcp': {} },
  HostConfig: { PortBindings: { '80/tcp': [{ HostIp, HostPort: '8080' }] }, Binds: ['v1:/a', '/x'] },
})

/** Containers whose ports clash, and a network with one free address, so that some starts are refused. */
function begin(): World {
  const world = new World()
  for (const [name, ip] of Object.entries({ c1: '127.0.0.1', c2: '127.0.0.1', c3: '0.0.0.0' }))
    world.do(createCommand(name, web(ip)))
  world.do(createNetwork('small', { ipam: ipam({ subnet: '10.4.0.0/29', ipRange: '10.4.0.2/31' }) }))
  world.do(createNetwork('n1', { ipam: ipam({ subnet: '10.5.0.0/24' }) }))
  world.do(createNetwork('n2'))
  return world
}

function perform(world: World, one: Act): void {
  if ('pass' in one) world.pass(one.pass * SECOND)
  else if ('exit' in one)
    world.try({ type: 'ContainerExit', id: world.state.containers.names.get(one.exit) ?? '', exitCode: 1 })
  else world.try(one.command)
}

const endpoints = ({ networks }: EngineState) => networks.members.values().flatMap((members) => members.values())

function uniqueAddresses(state: EngineState): void {
  for (const [id, members] of state.networks.members.entries()) {
    const addresses = members.values().flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter((one) => one !== ''))
    expect(new Set(addresses).size).toBe(addresses.length)
    const pools = state.networks.pools.get(id) ?? []
    for (const cidr of addresses) {
      const address = parseAddress(bare(cidr))!
      expect(pools.filter((pool) => isTaken(pool, address))).toHaveLength(1)
    }
    // Nothing is taken but what endpoints have, the gateway, and what no endpoint may have.
    const taken = pools.reduce((sum, { used }) => sum + used.size, 0)
    expect(taken).toBe(addresses.length + pools.length * 3)
  }
}

function uniquePorts(state: EngineState): void {
  const bound = endpoints(state).flatMap(({ ports }) =>
    Object.entries(ports ?? {}).flatMap(([port, bindings]) =>
      (bindings ?? []).map(({ hostIp, hostPort }) => `${port.split('/')[1]} ${hostPort} ${hostIp}`),
    ),
  )
  expect(new Set(bound).size).toBe(bound.length)
  expect([...bound].sort()).toEqual([...state.networks.ports.keys()].sort())
  for (const key of bound) {
    const [protocol, port, ip] = key.split(' ')
    if (ip !== '0.0.0.0') continue
    expect(bound.filter((other) => other.startsWith(`${protocol} ${port} `) && !other.includes(':'))).toEqual([key])
  }
}

function endpointsOfRunning({ containers, networks }: EngineState): void {
  for (const [id, members] of networks.members.entries()) {
    expect(networks.byId.has(id)).toBe(true)
    for (const endpoint of members.values()) {
      expect(containers.byId.get(endpoint.container)?.flags.running).toBe(true)
      expect(networks.sandboxes.has(endpoint.container)).toBe(true)
      const list = containers.byId.get(endpoint.container)?.attachments ?? []
      expect(list.some(({ networkId }) => networkId === id)).toBe(true)
    }
  }
  for (const id of networks.sandboxes.keys()) expect(containers.byId.get(id)?.flags.running).toBe(true)
  const leading = endpoints({ networks } as EngineState).filter(({ ports }) => ports !== undefined)
  expect(new Set(leading.map((endpoint) => endpoint.container)).size).toBe(leading.length)
  expect(networks.names.size).toBe(networks.byId.size)
}

function referencesOfVolumes({ containers, volumes }: EngineState): void {
  expect(volumes.contents.keys()).toEqual(volumes.byName.keys())
  const counted = new Map<string, string[]>()
  for (const { id, mounts } of containers.byId.values())
    for (const name of new Set(mounts.flatMap((mount) => (mount.volume === '' ? [] : [mount.volume]))))
      counted.set(name, [...(counted.get(name) ?? []), id].sort())
  expect(volumes.users.entries().map(([name, users]) => [name, [...users].sort()])).toEqual(
    [...counted].sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  for (const name of counted.keys()) expect(volumes.byName.has(name)).toBe(true)
}

test.each([
  ['addresses are unique per network, and each is taken in one pool', uniqueAddresses],
  ['no port of the host is bound twice', uniquePorts],
  ['endpoints belong to running containers, and one of each leads out', endpointsOfRunning],
  ['a volume is there as long as a container refers to it', referencesOfVolumes],
])('%s', (_, law) => {
  fc.assert(
    fc.property(life, (acts) => {
      const world = begin()
      for (const one of acts) {
        perform(world, one)
        law(world.state)
      }
    }),
  )
})

test('what is dealt depends on the seed and the commands only', () => {
  fc.assert(
    fc.property(life, (acts) => {
      const told = [begin(), begin()].map((world) => {
        for (const one of acts) perform(world, one)
        return world.state.containers.byId.values().map((one) => networkSettings(world.state, one))
      })
      expect(told[0]).toEqual(told[1])
    }),
    { numRuns: 30 },
  )
})

test('when all containers are gone nothing is held any more', () => {
  fc.assert(
    fc.property(life, (acts) => {
      const world = begin()
      for (const one of acts) perform(world, one)
      for (const { id, flags } of world.state.containers.byId.values()) {
        world.try({ type: 'ContainerDelete', id, force: true, volumes: true, link: false })
        if (flags.running) world.try({ type: 'ContainerExit', id, exitCode: 137 })
      }
      const { containers, networks, volumes } = world.state
      expect(containers.byId.size).toBe(0)
      for (const table of [networks.sandboxes, networks.ports, networks.dependencies]) expect(table.size).toBe(0)
      expect(endpoints(world.state)).toEqual([])
      expect(volumes.users.size + volumes.uses.size).toBe(0)
      expect(networks.dependents.size).toBe(0)
    }),
  )
})
