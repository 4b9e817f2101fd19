import { describe, expect, it } from 'vitest'
import { World } from '../world.ts'
import { createNetwork, inspectNetwork, ipam, subnetOf } from './requests.ts'

const refusal = (over: Parameters<typeof createNetwork>[1], name = 'n') => new World().try(createNetwork(name, over))

describe('create', () => {
  it('deals subnets in order, and a freed one again', () => {
    const world = new World()
    for (const name of ['a', 'b', 'c']) world.do(createNetwork(name))
    expect(['a', 'b', 'c'].map((name) => subnetOf(world, name))).toEqual([
      '172.18.0.0/16',
      '172.19.0.0/16',
      '172.20.0.0/16',
    ])
    world.do({ type: 'NetworkDelete', id: 'a' })
    world.do(createNetwork('d'))
    expect(subnetOf(world, 'd')).toBe('172.18.0.0/16')
  })

  it('goes on with parts of 192.168.0.0/16, and refuses when all are dealt', () => {
    const world = new World()
    for (let i = 0; i < 30; i++) world.do(createNetwork(`n${i}`))
    expect(subnetOf(world, 'n13')).toBe('172.31.0.0/16')
    expect(subnetOf(world, 'n14')).toBe('192.168.0.0/20')
    expect(subnetOf(world, 'n29')).toBe('192.168.240.0/20')
    expect(world.try(createNetwork('more'))).toBe(
      'InvalidParameter all predefined address pools have been fully subnetted',
    )
  })

  it('steps over a subnet that a caller has taken', () => {
    const world = new World()
    world.do(createNetwork('a', { ipam: ipam({ subnet: '172.18.128.0/24' }) }))
    world.do(createNetwork('b'))
    expect(subnetOf(world, 'b')).toBe('172.19.0.0/16')
  })

  it('tells what was asked for as it was asked for', () => {
    const world = new World()
    const config = {
      subnet: '10.77.0.0/24',
      ipRange: '10.77.0.128/25',
      gateway: '10.77.0.1',
      auxAddress: { x: '10.77.0.5' },
    }
    world.do(createNetwork('n', { ipam: ipam(config), internal: true, labels: { a: 'b' } }))
    expect(inspectNetwork(world, 'n')).toMatchObject({
      Driver: 'bridge',
      Internal: true,
      Labels: { a: 'b' },
      Options: {},
      IPAM: {
        Driver: 'default',
        Config: [
          {
            Subnet: '10.77.0.0/24',
            IPRange: '10.77.0.128/25',
            Gateway: '10.77.0.1',
            AuxiliaryAddresses: { x: '10.77.0.5' },
          },
        ],
      },
    })
  })

  it('makes up an IPv6 subnet of the host', () => {
    const world = new World()
    world.do(createNetwork('a', { enableIPv6: true }))
    world.do(createNetwork('b', { enableIPv6: true }))
    const second = (name: string) => inspectNetwork(world, name).IPAM.Config[1]
    expect(second('a').Subnet).toMatch(/^fd[0-9a-f]{2}:[0-9a-f:]+\/64$/)
    expect(second('b').Subnet).not.toBe(second('a').Subnet)
  })

  it.each([
    ['bridge', {}, 'Forbidden operation is not permitted on predefined bridge network '],
    ['default', {}, 'Forbidden operation is not permitted on predefined default network '],
    ['', {}, 'InvalidParameter invalid name: name is empty'],
    ['n', { driver: 'nosuch' }, 'NotFound plugin "nosuch" not found'],
    ['n', { driver: 'host' }, 'Forbidden only one instance of "host" network is allowed'],
    ['n', { driver: 'null' }, 'Forbidden only one instance of "null" network is allowed'],
    ['n', { ingress: true }, 'Forbidden Ingress network can only be global scope network'],
    ['n', { scope: 'swarm' }, 'Forbidden cannot create a swarm scoped network when swarm is not active'],
    ['n', { ipam: { ...ipam(), driver: 'nosuch' } }, 'NotFound plugin "nosuch" not found'],
    ['n', { configFrom: 'nosuch' }, 'NotFound configuration network "nosuch" does not exist'],
  ] as const)('%j %j → %s', (name, over, words) => {
    expect(refusal(over, name)).toBe(words)
  })

  it.each([
    [{ subnet: 'zz' }, 'invalid subnet zz: invalid CIDR block notation'],
    [{ subnet: '10.78.0.5/24' }, 'invalid subnet 10.78.0.5/24: it should be 10.78.0.0/24'],
    [
      { subnet: '10.79.0.0/24', gateway: '10.80.0.1' },
      "invalid gateway 10.80.0.1: parent subnet 10.79.0.0/24 doesn't contain this address",
    ],
    [{ subnet: '10.79.0.0/24', gateway: 'x' }, 'invalid gateway x: invalid address'],
    [{ subnet: '10.79.0.0/24', gateway: 'fd00::1' }, 'invalid gateway fd00::1: parent subnet is an IPv4 block'],
    [
      { subnet: '10.79.0.0/24', ipRange: '10.81.0.0/25' },
      "invalid ip-range 10.81.0.0/25: parent subnet 10.79.0.0/24 doesn't contain ip-range",
    ],
    [{ subnet: '10.79.0.0/24', ipRange: 'x' }, 'invalid ip-range x: invalid CIDR block notation'],
    [
      { subnet: '10.79.0.0/24', ipRange: '10.79.0.0/16' },
      '* invalid ip-range 10.79.0.0/16: CIDR block is bigger than its parent subnet 10.79.0.0/24\n* invalid ip-range 10.79.0.0/16: it should be 10.79.0.0/16',
    ],
    [
      { subnet: '10.79.0.5/24', gateway: 'x' },
      '* invalid subnet 10.79.0.5/24: it should be 10.79.0.0/24\n* invalid gateway x: invalid address',
    ],
  ])('%j → %s', (config, words) => {
    const said = refusal({ ipam: ipam(config) })
    const expected = words.includes('CIDR block is bigger') ? words.split('\n')[0]!.slice(2) : words
    expect(said).toBe(`InvalidParameter invalid network config:\n${expected}`)
  })

  it('refuses a name twice, a subnet twice, a bridge twice', () => {
    const world = new World()
    const bridge = { 'com.docker.network.bridge.name': 'br0' }
    world.do(createNetwork('n', { ipam: ipam({ subnet: '10.77.0.0/24' }), options: bridge }))
    expect(world.try(createNetwork('n'))).toBe('Conflict network with name n already exists')
    expect(world.try(createNetwork('m', { ipam: ipam({ subnet: '10.77.0.0/16' }) }))).toBe(
      'Forbidden invalid pool request: Pool overlaps with other one on this address space',
    )
    expect(world.try(createNetwork('m', { options: bridge }))).toMatch(
      /^Forbidden cannot create network \w+ \(br0\): conflicts with network \w+ \(br0\): networks have same bridge name$/,
    )
  })

  it('lends the configuration of a network that is only that', () => {
    const world = new World()
    world.do(createNetwork('conf', { configOnly: true, ipam: ipam({ subnet: '10.5.0.0/16' }), labels: { l: '1' } }))
    world.do(createNetwork('n', { configFrom: 'conf' }))
    expect(inspectNetwork(world, 'conf')).toMatchObject({ Driver: 'null', ConfigOnly: true })
    expect(inspectNetwork(world, 'n')).toMatchObject({ ConfigFrom: { Network: 'conf' }, Labels: { l: '1' } })
    expect(subnetOf(world, 'n')).toBe('10.5.0.0/16')
    expect(world.try({ type: 'NetworkDelete', id: 'conf' })).toBe('Forbidden configuration network "conf" is in use')
  })
})
