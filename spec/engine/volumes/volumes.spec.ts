import { describe, expect, it } from 'vitest'
import { list } from '../../../src/engine/volumes/list.ts'
import { contentBytes } from '../../../src/engine/volumes/size.ts'
import { volume, volumeUsage } from '../../../src/engine/volumes/wire/volume.ts'
import { parseFilters } from '../../../src/http/filters.ts'
import { root } from '../../../src/storage/caller.ts'
import { World } from '../world.ts'
import { createVolume, files, hostFiles, removeVolume } from './requests.ts'

const names = (world: World, filters: unknown = {}) =>
  list(world.state.volumes, parseFilters(JSON.stringify(filters))).map(({ name }) => name)

function write(world: World, name: string, path: string, text: string): void {
  const fs = files(world, name)
  fs.writeFile(root(0n), path, text)
  world.do({ type: 'VolumeWrite', name, snapshot: fs.snapshot() })
}

describe('create', () => {
  it('makes a volume once', () => {
    const world = new World()
    world.do(createVolume('v1', { labels: { a: 'b' } }))
    expect(world.do(createVolume('v1', { labels: { c: 'd' } }))).toEqual([])
    expect(volume(world.state.volumes.byName.get('v1')!)).toEqual({
      CreatedAt: '2025-01-01T00:00:00Z',
      Driver: 'local',
      Labels: { a: 'b' },
      Mountpoint: '/var/lib/docker/volumes/v1/_data',
      Name: 'v1',
      Options: null,
      Scope: 'local',
    })
  })

  it('makes up a name and says so in a label', () => {
    const world = new World()
    world.do(createVolume('', { labels: { a: 'b' } }))
    const [only] = world.state.volumes.byName.values()
    expect(only!.name).toMatch(/^[0-9a-f]{64}$/)
    expect(only!.labels).toEqual({ a: 'b', 'com.docker.volume.anonymous': '' })
  })

  it.each([
    [
      'v',
      {},
      'InvalidParameter create v: volume name is too short, names should be at least two alphanumeric characters',
    ],
    [
      '!bad',
      {},
      'InvalidParameter create !bad: "!bad" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
    ],
    [
      'v1',
      { driver: 'nosuch' },
      'NotFound create v1: error looking up volume plugin nosuch: plugin "nosuch" not found',
    ],
    ['v1', { driverOpts: { nope: '1' } }, 'InvalidParameter create v1: invalid option: "nope"'],
    ['v1', { driverOpts: { device: 'tmpfs' } }, 'InvalidParameter create v1: missing required option: "type"'],
    ['v1', { driverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' } }, 'ok'],
  ])('%s %j → %s', (name, over, words) => {
    expect(new World().try(createVolume(name, over))).toBe(words)
  })
})

describe('remove', () => {
  it('is refused while a container refers to it, also a stopped one, also with force', () => {
    const world = new World()
    const id = world.create('c1', { HostConfig: { Binds: ['v1:/d'] } })
    for (const force of [false, true])
      expect(world.try(removeVolume('v1', force))).toBe(`Conflict remove v1: volume is in use - [${id}]`)
    const other = world.create('c2', { HostConfig: { Binds: ['v1:/d'] } })
    expect(world.try(removeVolume('v1'))).toBe(`Conflict remove v1: volume is in use - [${id}, ${other}]`)
  })

  it('of what is not there is 404, fine with force', () => {
    const world = new World()
    expect(world.try(removeVolume('nosuch'))).toBe('NotFound get nosuch: no such volume')
    expect(world.do(removeVolume('nosuch', true))).toEqual([])
  })

  it('cannot be updated off a swarm', () => {
    expect(new World().try({ type: 'VolumeUpdate', name: 'v1' })).toBe(
      'Unavailable volume update only valid for cluster volumes, but swarm is unavailable',
    )
  })
})

describe('prune', () => {
  const prune = (world: World, all: boolean, filters: unknown = {}) => {
    const events = world.do({ type: 'VolumePrune', all, filters: parseFilters(JSON.stringify(filters)) })
    const names = events.flatMap((event) => (event.type === 'volume.destroy' ? [event.name] : []))
    return [names, events.find((event) => event.type === 'volume.prune')?.reclaimed]
  }

  it('takes anonymous volumes that nobody refers to, with `all` the others too', () => {
    const world = new World()
    world.do(createVolume('named', { labels: { keep: '1' } }))
    world.do(createVolume(''))
    world.do(createVolume('mine', { driverOpts: { type: 'tmpfs', device: 'tmpfs' } }))
    world.create('c1', { HostConfig: { Binds: ['used:/d', '/anonymous'] } })
    const loose = names(world, { dangling: ['true'] }).find((name) => name !== 'named' && name !== 'mine')!
    write(world, loose, '/f', 'seed')
    write(world, 'named', '/f', 'more')
    expect(prune(world, false)).toEqual([[loose], 4])
    expect(prune(world, true, { 'label!': ['keep'] })).toEqual([[], 0])
    expect(prune(world, true)).toEqual([['named'], 4])
    expect(names(world)).toHaveLength(3)
  })
})

describe('list', () => {
  it.each([
    [{}, ['api-a', 'api-b', 'other']],
    [{ name: ['api'] }, ['api-a', 'api-b']],
    [{ name: ['^api-b$'] }, ['api-b']],
    [{ label: ['a=b'] }, ['api-a']],
    [{ driver: ['local'] }, ['api-a', 'api-b', 'other']],
    [{ driver: ['nosuch'] }, []],
    [{ dangling: ['true'] }, ['api-a', 'api-b']],
    [{ dangling: ['false'] }, ['other']],
  ])('%j → %j', (filters, expected) => {
    const world = new World()
    world.do(createVolume('api-b'))
    world.do(createVolume('api-a', { labels: { a: 'b' } }))
    world.create('c1', { HostConfig: { Binds: ['other:/d'] } })
    expect(names(world, filters)).toEqual(expected)
  })

  it('refuses a flag that is none', () => {
    expect(() => names(new World(), { dangling: ['zz'] })).toThrow(
      expect.objectContaining({ message: "invalid filter 'dangling=[zz]'" }),
    )
  })
})

describe('what is in a volume', () => {
  it('is written by commands, counted in bytes, each file once', () => {
    const world = new World()
    world.do(createVolume('v1'))
    const fs = files(world, 'v1')
    fs.mkdirp(root(0n), '/a/b')
    fs.writeFile(root(0n), '/a/b/f', 'hello')
    fs.link(root(0n), '/a/b/f', '/g')
    world.do({ type: 'VolumeWrite', name: 'v1', snapshot: fs.snapshot() })
    expect(contentBytes(world.state.volumes.contents.get('v1'))).toBe(5)
    expect(volumeUsage(world.state, world.state.volumes.byName.get('v1')!)).toMatchObject({
      UsageData: { RefCount: 0, Size: 5 },
    })
    // The same content again is no news.
    expect(world.do({ type: 'VolumeWrite', name: 'v1', snapshot: fs.snapshot() })).toEqual([])
    expect(world.do({ type: 'VolumeWrite', name: 'gone', snapshot: fs.snapshot() })).toEqual([])
  })

  it('stands beside the disk of the host', () => {
    const world = new World()
    const host = hostFiles(world)
    expect(host.lookup('/var/run/docker.sock')).toBeDefined()
    host.writeFile(root(0n), '/etc/motd', 'hi')
    world.do({ type: 'HostWrite', snapshot: host.snapshot() })
    expect(hostFiles(world).readText('/etc/motd')).toBe('hi')
  })
})
