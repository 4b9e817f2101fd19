import { describe, expect, it } from 'vitest'
import { containerPorts, networkSettings, networkSpec, networkSummary } from '../../../src/engine/networks/endpoints.ts'
import { World } from '../world.ts'
import { connect, createNetwork, disconnect } from './requests.ts'

const web = (bindings: unknown[], more = {}) => ({
  ExposedPorts: { '80/tcp': {} },
  HostConfig: { PortBindings: { '80/tcp': bindings }, ...more },
})
// biome-ignore lint/suspicious/noExplicitAny: specs look into the answer
const ports = (world: World, name: string): any =>
  (networkSettings(world.state, world.container(name)) as { Ports: unknown }).Ports
const start = (world: World, name: string, body: Record<string, unknown>) => {
  const id = world.create(name, body)
  const failed = world.do({ type: 'ContainerStart', id }).find((event) => event.type === 'container.start_failed')
  return failed ? `${failed.exitCode} ${failed.kind} ${failed.error}` : 'ok'
}
const everywhere = (port: string) => [
  { HostIp: '0.0.0.0', HostPort: port },
  { HostIp: '::', HostPort: port },
]

describe('published ports', () => {
  it('are bound where it is asked, on every address of both families else', () => {
    const world = new World()
    start(world, 'c1', web([{ HostIp: '127.0.0.1', HostPort: '18080' }, { HostPort: '9090' }]))
    expect(ports(world, 'c1')).toEqual({
      '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18080' }, ...everywhere('9090')],
    })
    expect(networkSummary(world.state, world.container('c1')).ports).toEqual([
      { IP: '127.0.0.1', PrivatePort: 80, PublicPort: 18_080, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 9090, Type: 'tcp' },
      { IP: '::', PrivatePort: 80, PublicPort: 9090, Type: 'tcp' },
    ])
    expect(networkSpec(world.state, world.container('c1')).published).toContainEqual({
      hostIp: '127.0.0.1',
      hostPort: 18_080,
      containerPort: 80,
      protocol: 'tcp',
    })
  })

  it('are ephemeral from 32768 on, by protocol, and not dealt again at once', () => {
    const world = new World()
    const both = { ExposedPorts: { '80/tcp': {}, '53/udp': {} }, HostConfig: { PublishAllPorts: true } }
    start(world, 'c1', both)
    start(world, 'c2', both)
    expect(ports(world, 'c1')).toEqual({ '53/udp': everywhere('32768'), '80/tcp': everywhere('32768') })
    expect(ports(world, 'c2')['80/tcp']).toEqual(everywhere('32769'))
    world.exit('c1', 0)
    start(world, 'c3', both)
    expect(ports(world, 'c3')['80/tcp']).toEqual(everywhere('32770'))
  })

  it('take the first free one of a range', () => {
    const world = new World()
    for (const name of ['c1', 'c2']) start(world, name, web([{ HostPort: '8000-8001' }]))
    expect([ports(world, 'c1'), ports(world, 'c2')].map((one) => one['80/tcp'][0].HostPort)).toEqual(['8000', '8001'])
    expect(start(world, 'c3', web([{ HostPort: '8000-8001' }]))).toMatch(/Bind for 0\.0\.0\.0:8000 failed/)
  })

  it('are ignored without an exposed port, and null where they are only exposed', () => {
    const world = new World()
    start(world, 'c1', { HostConfig: { PortBindings: { '81/tcp': [{ HostPort: '18081' }] } } })
    start(world, 'c2', { ExposedPorts: { '80/tcp': {} } })
    expect(ports(world, 'c1')).toEqual({})
    expect(ports(world, 'c2')).toEqual({ '80/tcp': null })
    expect(networkSummary(world.state, world.container('c2')).ports).toEqual([{ PrivatePort: 80, Type: 'tcp' }])
  })

  it('clash: the start fails with 128, and works when the other is gone', () => {
    const world = new World()
    const body = web([{ HostIp: '127.0.0.1', HostPort: '18080' }])
    start(world, 'c1', body)
    expect(start(world, 'c2', body)).toMatch(
      /^128 System failed to set up container networking: driver failed programming external connectivity on endpoint c2 \([0-9a-f]{64}\): Bind for 127\.0\.0\.1:18080 failed: port is already allocated$/,
    )
    expect(world.container('c2').flags).toMatchObject({ running: false, exitCode: 128 })
    world.exit('c1', 0)
    world.do({ type: 'ContainerStart', id: 'c2' })
    expect(world.container('c2').flags.running).toBe(true)
  })

  it.each([
    ['127.0.0.1', '0.0.0.0', 'clash'],
    ['0.0.0.0', '127.0.0.1', 'clash'],
    ['0.0.0.0', '', 'clash'],
    ['127.0.0.1', '127.0.0.2', 'ok'],
    ['127.0.0.1', '::', 'ok'],
  ])('%s and %s of one port: %s', (first, second, expected) => {
    const world = new World()
    start(world, 'c1', web([{ HostIp: first, HostPort: '80' }]))
    const said = start(world, 'c2', web([{ HostIp: second, HostPort: '80' }]))
    expect(said === 'ok' ? 'ok' : 'clash').toBe(expected)
  })

  it('move to the network that leads out after the first is left', () => {
    const world = new World()
    world.do(createNetwork('n'))
    start(world, 'c1', web([{ HostPort: '8080' }]))
    world.do(connect('n', 'c1'))
    world.do(disconnect('bridge', 'c1'))
    expect(ports(world, 'c1')['80/tcp']).toEqual(everywhere('8080'))
    world.do(disconnect('n', 'c1'))
    expect(ports(world, 'c1')).toEqual({})
    world.do(connect('n', 'c1'))
    expect(ports(world, 'c1')['80/tcp']).toEqual(everywhere('8080'))
  })

  it('are found by filters on the side of the container, running or not', () => {
    const world = new World()
    world.create('c1', web([{ HostPort: '8080' }]))
    expect(containerPorts(world.state, world.container('c1'))).toEqual([
      { privatePort: 80, publicPort: undefined, protocol: 'tcp' },
      { privatePort: -1, publicPort: 80, protocol: 'tcp' },
    ])
  })
})
