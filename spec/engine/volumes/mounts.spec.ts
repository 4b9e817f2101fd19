import { describe, expect, it } from 'vitest'
import { mountPoint } from '../../../src/engine/containers/wire/mount-point.ts'
import { diskSnapshot } from '../../../src/engine/disks.ts'
import { declareImage, seconds } from '../../../src/engine/images/declare.ts'
import { stack } from '../../../src/engine/images/layer.ts'
import { directory, executable, file, symlink } from '../../../src/engine/images/official/linux-tree.ts'
import { type EngineEvent, engineDecider } from '../../../src/engine/index.ts'
import { diskMounts } from '../../../src/engine/volumes/mounts.ts'
import { root } from '../../../src/storage/caller.ts'
import { FileSystem } from '../../../src/storage/file-system.ts'
import { World } from '../world.ts'
import { createVolume, files, hostFiles, refusal, removeContainer } from './requests.ts'

const shown = (world: World, name: string) => world.container(name).mounts.map(mountPoint)
const disks = (world: World, name: string) =>
  diskMounts(world.state, world.container(name)).map(({ disk, from, to, readOnly }) => [
    disk.replace(world.container(name).id, 'ID'),
    from,
    to,
    readOnly,
  ])
const names = (world: World) => world.state.volumes.byName.keys()

describe('binds', () => {
  it('a name is a volume, a path is of the host, a destination alone is anonymous', () => {
    const world = new World()
    world.create('c1', { HostConfig: { Binds: ['data:/data', '/tmp:/host:ro', '/anon', 'data:/again:ro,z'] } })
    const anonymous = names(world).find((name) => name !== 'data')
    expect(shown(world, 'c1')).toEqual([
      {
        Type: 'volume',
        Name: 'data',
        Source: '/var/lib/docker/volumes/data/_data',
        Destination: '/data',
        Driver: 'local',
        Mode: 'z',
        RW: true,
        Propagation: '',
      },
      { Type: 'bind', Source: '/tmp', Destination: '/host', Mode: 'ro', RW: false, Propagation: 'rprivate' },
      {
        Type: 'volume',
        Source: `/var/lib/docker/volumes/${anonymous}/_data`,
        Destination: '/anon',
        Driver: 'local',
        Mode: 'z',
        RW: true,
        Propagation: '',
      },
      expect.objectContaining({ Name: 'data', Destination: '/again', Mode: 'ro,z', RW: false }),
    ])
    expect(disks(world, 'c1')).toEqual([
      ['volume:data', '/', '/data', false],
      ['host', '/tmp', '/host', true],
      [`volume:${anonymous}`, '/', '/anon', false],
      ['volume:data', '/', '/again', true],
    ])
  })

  it.each([
    [
      './a:/b',
      'InvalidParameter create ./a: "./a" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
    ],
    ['/a:', "System invalid volume specification: '/a:'"],
    [':/a', "System invalid volume specification: ':/a'"],
    ['/a:rw', "System invalid volume specification: '/a:rw'"],
    ['/a:/b:rw:x', "System invalid volume specification: '/a:/b:rw:x'"],
    [
      '/a:b',
      `System invalid volume specification: '/a:b': invalid mount config for type "bind": invalid mount path: 'b' mount path must be absolute`,
    ],
    [
      '/a:/',
      `System invalid volume specification: '/a:/': invalid mount config for type "bind": invalid specification: destination can't be '/'`,
    ],
    ['/a:/b:zz', 'System invalid mode: zz'],
    ['/a:/b:ro,rw', 'System invalid mode: ro,rw'],
    [
      '/a:/b:nocopy',
      `System invalid volume specification: '/a:/b:nocopy': invalid mount config for type "bind": field VolumeOptions must not be specified`,
    ],
    [
      'vol:/b:shared',
      `System invalid volume specification: 'vol:/b:shared': invalid mount config for type "volume": field BindOptions must not be specified`,
    ],
    [
      'a:/b',
      'InvalidParameter create a: volume name is too short, names should be at least two alphanumeric characters',
    ],
    ['/a:/b:ro,Z,rslave,cached', 'ok'],
    ['vol:/b:nocopy', 'ok'],
  ])('%s → %s', (bind, words) => {
    expect(refusal(new World(), { Binds: [bind] })).toBe(words)
  })

  it('a place is taken once', () => {
    const world = new World()
    expect(refusal(world, { Binds: ['/a:/b', '/c:/b/'] })).toBe('InvalidParameter Duplicate mount point: /b')
    expect(refusal(world, { Binds: ['/a:/b'], Tmpfs: { '/b': '' } })).toBe('InvalidParameter Duplicate mount point: /b')
    expect(refusal(world, { Binds: ['/a:/b'], Mounts: [{ Type: 'tmpfs', Target: '/b' }] })).toBe(
      'InvalidParameter Duplicate mount point: /b',
    )
  })

  it('a refused create leaves no volume behind', () => {
    const world = new World()
    refusal(world, { Binds: ['good:/a', '/a:/b:zz'] })
    expect(names(world)).toEqual([])
  })

  it('a source that is missing is made at start, on the disk of the host', () => {
    const world = new World()
    world.create('c1', { HostConfig: { Binds: ['/srv/deep/dir:/d', '/var/run/docker.sock:/var/run/docker.sock'] } })
    expect(hostFiles(world).lookup('/srv/deep')).toBeUndefined()
    world.do({ type: 'ContainerStart', id: 'c1' })
    expect(hostFiles(world).lookup('/srv/deep/dir')).toMatchObject({ mode: 0o040755 })
    expect(world.container('c1').flags.running).toBe(true)
  })
})

describe('mounts', () => {
  it.each([
    [{ Type: 'foo', Target: '/x' }, 'invalid mount config for type "foo": mount type unknown'],
    [{ Type: 'volume', Source: 'x' }, 'invalid mount config for type "volume": field Target must not be empty'],
    [
      { Type: 'volume', Target: 'x' },
      `invalid mount config for type "volume": invalid mount path: 'x' mount path must be absolute`,
    ],
    [{ Type: 'bind', Target: '/x' }, 'invalid mount config for type "bind": field Source must not be empty'],
    [
      { Type: 'bind', Source: 'a', Target: '/x' },
      `invalid mount config for type "bind": invalid mount path: 'a' mount path must be absolute`,
    ],
    [
      { Type: 'bind', Source: '/no/such', Target: '/x' },
      'invalid mount config for type "bind": bind source path does not exist: /no/such',
    ],
    [
      { Type: 'bind', Source: '/tmp', Target: '/x', VolumeOptions: {} },
      'invalid mount config for type "bind": field VolumeOptions must not be specified',
    ],
    [
      { Type: 'bind', Source: '/tmp', Target: '/x', BindOptions: { Propagation: 'zz' } },
      'invalid mount config for type "bind": invalid propagation mode: zz',
    ],
    [
      { Type: 'tmpfs', Source: 'x', Target: '/x' },
      'invalid mount config for type "tmpfs": field Source must not be specified',
    ],
    [
      { Type: 'tmpfs', Target: '/x', BindOptions: {} },
      'invalid mount config for type "tmpfs": field BindOptions must not be specified',
    ],
    [
      { Type: 'volume', Target: '/x', ReadOnly: true },
      'invalid mount config for type "volume": must not set ReadOnly mode when using anonymous volumes',
    ],
    [
      { Type: 'volume', Target: '/x', VolumeOptions: { Subpath: 'a' } },
      'invalid mount config for type "volume": must not set Subpath when using anonymous volumes',
    ],
  ])('%j → %s', (mount, words) => {
    expect(refusal(new World(), { Mounts: [mount] })).toBe(`InvalidParameter ${words}`)
  })

  it('volume, bind and tmpfs', () => {
    const world = new World()
    world.create('c1', {
      HostConfig: {
        Mounts: [
          { Type: 'volume', Source: 'data', Target: '/data/', ReadOnly: true, VolumeOptions: { Labels: { l: '1' } } },
          { Type: 'volume', Target: '/anon' },
          { Type: 'bind', Source: '/tmp', Target: '/b', ReadOnly: true, BindOptions: { Propagation: 'shared' } },
          { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1048576, Mode: 448 } },
        ],
        Tmpfs: { '/run': 'size=1m,mode=1770,uid=33' },
      },
    })
    const anonymous = names(world).find((name) => name !== 'data')
    expect(shown(world, 'c1')).toMatchObject([
      { Type: 'volume', Name: 'data', Destination: '/data', RW: false, Mode: 'z' },
      { Type: 'volume', Name: anonymous, Destination: '/anon', RW: true },
      { Type: 'bind', Source: '/tmp', RW: false, Propagation: 'shared' },
      { Type: 'tmpfs', Source: '', Destination: '/t', RW: true, Propagation: '' },
    ])
    expect(world.state.volumes.byName.get('data')!.labels).toEqual({ l: '1' })
    expect(disks(world, 'c1').slice(3)).toEqual([
      ['tmpfs:ID:/t', '/', '/t', false],
      ['tmpfs:ID:/run', '/', '/run', false],
    ])
    const fresh = (path: string) => {
      const snapshot = diskSnapshot(world.state, `tmpfs:${world.container('c1').id}:${path}`)
      return new FileSystem(snapshot).need('/')
    }
    expect(fresh('/t')).toMatchObject({ mode: 0o040700, uid: 0 })
    expect(fresh('/run')).toMatchObject({ mode: 0o041770, uid: 33 })
  })

  it('a part of a volume, which must be there at start', () => {
    const world = new World()
    world.do(createVolume('data'))
    const mount = { Type: 'volume', Source: 'data', Target: '/d', VolumeOptions: { Subpath: 'a/b' } }
    const id = world.create('c1', { HostConfig: { Mounts: [mount] } })
    const failed = world.do({ type: 'ContainerStart', id }).find((event) => event.type === 'container.start_failed')
    expect(failed?.error).toMatch(/a\/b: no such file or directory$/)
    const fs = files(world, 'data')
    fs.mkdirp(root(0n), '/a/b')
    world.do({ type: 'VolumeWrite', name: 'data', snapshot: fs.snapshot() })
    world.do({ type: 'ContainerStart', id })
    expect(disks(world, 'c1')).toEqual([['volume:data', '/a/b', '/d', false]])
  })

  it('a bind whose source is gone at start fails it', () => {
    const world = new World()
    const before = hostFiles(world)
    before.mkdirp(root(0n), '/srv/d')
    world.do({ type: 'HostWrite', snapshot: before.snapshot() })
    const id = world.create('c1', { HostConfig: { Mounts: [{ Type: 'bind', Source: '/srv/d', Target: '/d' }] } })
    const after = hostFiles(world)
    after.removeAll(root(0n), '/srv/d')
    world.do({ type: 'HostWrite', snapshot: after.snapshot() })
    const failed = world.do({ type: 'ContainerStart', id }).find((event) => event.type === 'container.start_failed')
    expect(failed).toMatchObject({
      kind: 'InvalidParameter',
      exitCode: 128,
      error: 'invalid mount config for type "bind": bind source path does not exist: /srv/d',
    })
    expect(world.container('c1').flags).toMatchObject({ running: false, exitCode: 128 })
  })

  it('a volume that stands for a directory of the host', () => {
    const world = new World()
    world.do(createVolume('bound', { driverOpts: { type: 'none', o: 'bind', device: '/tmp' } }))
    world.create('c1', { HostConfig: { Binds: ['bound:/d'] } })
    expect(disks(world, 'c1')).toEqual([['host', '/tmp', '/d', false]])
  })
})

describe('volumes-from', () => {
  it('shares the mounts of another container', () => {
    const world = new World()
    world.create('c1', { Volumes: { '/shared': {} }, HostConfig: { Binds: ['data:/data:ro'] } })
    world.create('c2', { HostConfig: { VolumesFrom: ['c1:ro'], Binds: ['mine:/data'] } })
    const [shared, mine] = shown(world, 'c2') as { Name: string }[]
    expect(shared).toMatchObject({ Destination: '/shared', Mode: '', RW: false })
    expect(shared!.Name).toBe((shown(world, 'c1')[1] as { Name: string }).Name)
    expect(mine).toMatchObject({ Name: 'mine', Destination: '/data', RW: true })
  })

  it.each([
    ['nosuch', 'InvalidParameter No such container: nosuch'],
    ['', 'System volumes-from specification cannot be an empty string'],
    ['c1:zz', 'System invalid mode: zz'],
    ['c1:rslave', 'System invalid mode: rslave'],
    ['c1:nocopy', 'System invalid mode: nocopy'],
    ['c1:z,ro', 'ok'],
  ])('%j → %s', (spec, words) => {
    const world = new World()
    world.create('c1')
    expect(refusal(world, { VolumesFrom: [spec] })).toBe(words)
  })
})

describe('copy-up', () => {
  const image = declareImage({
    created: seconds(1_700_000_000),
    config: { cmd: ['sh'], volumes: { '/data': {} } },
    history: [{ createdBy: 'seeded' }],
    layers: [
      [
        directory('bin'),
        executable('bin/sh', 'sh'),
        directory('data', 0o750),
        file('data/f', 'seed'),
        directory('data/sub'),
        symlink('data/link', 'f'),
      ],
    ],
  })
  const seeded = () => {
    const world = new World()
    world.store.state = [
      { type: 'image.add', image: image.image, layers: image.layers },
      { type: 'image.tag', id: image.image.id, reference: 'docker.io/library/seeded:latest' },
    ].reduce(
      (state, event) => engineDecider.evolve(state, { ...(event as EngineEvent), at: world.now, position: -1 }),
      world.state,
    )
    return world
  }
  const body = (Binds: string[] | null = null) => ({ Image: 'seeded', HostConfig: { Binds } })

  it('fills the image’s anonymous volume, mode and links included', () => {
    const world = seeded()
    world.create('c1', body())
    const fs = files(world, names(world)[0]!)
    expect(fs.readdir('/')).toEqual(['f', 'link', 'sub'])
    expect(fs.readText('/f')).toBe('seed')
    expect(fs.readlink('/link')).toBe('f')
    expect(fs.need('/')).toMatchObject({ mode: 0o040750 })
    expect(fs.need('/f').mtime).toBe(new FileSystem(stack(image.layers)).need('/data/f').mtime)
  })

  it('fills a named volume at its first use only, and never one with content, nor with nocopy', () => {
    const world = seeded()
    world.create('c1', body(['named:/data']))
    expect(files(world, 'named').readText('/f')).toBe('seed')
    const changed = files(world, 'named')
    changed.writeFile(root(0n), '/f', 'changed')
    world.do({ type: 'VolumeWrite', name: 'named', snapshot: changed.snapshot() })
    world.create('c2', body(['named:/data']))
    expect(files(world, 'named').readText('/f')).toBe('changed')
    world.create('c3', body(['plain:/data:nocopy']))
    expect(files(world, 'plain').readdir('/')).toEqual([])
    world.create('c4', body(['/tmp:/data']))
    expect(hostFiles(world).readdir('/tmp')).toEqual([])
  })
})

describe('events and references', () => {
  it('mount at start, unmount at exit', () => {
    const world = new World()
    world.create('c1', { HostConfig: { Binds: ['data:/data', '/tmp:/t'] } })
    const started = world.types(() => world.do({ type: 'ContainerStart', id: 'c1' }))
    expect(started.filter((type) => !type.startsWith('network'))).toEqual(['volume.mount', 'container.start'])
    const exited = world.types(() => world.exit('c1', 0))
    expect(exited).toEqual(['network.disconnect', 'volume.unmount', 'container.die'])
  })

  it('rm -v takes the container’s own anonymous volumes, unless somebody else has them', () => {
    const world = new World()
    world.create('c1', { Volumes: { '/v': {} }, HostConfig: { Binds: ['data:/data', '/anon'] } })
    expect(names(world)).toHaveLength(3)
    world.create('c2', { HostConfig: { VolumesFrom: ['c1'] } })
    world.do(removeContainer('c1', true))
    expect(names(world)).toHaveLength(3)
    world.do(removeContainer('c2', true))
    expect(names(world)).toEqual(['data'])
    expect(world.state.volumes.users.size).toBe(0)
    expect(world.state.volumes.uses.size).toBe(0)
  })

  it('rm without -v leaves them', () => {
    const world = new World()
    world.create('c1', { Volumes: { '/v': {} } })
    world.do(removeContainer('c1'))
    expect(names(world)).toHaveLength(1)
  })
})
