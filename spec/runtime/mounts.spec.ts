import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { docker } from './docker.ts'

const idle = { Cmd: ['sleep', '1000'] }
const world = () => {
  const tank = createWavetank()
  return { tank, ...docker(tank) }
}
const mounted = (path: string) => `mount | grep " ${path} "`

describe('a tmpfs', () => {
  it('holds as much as it says, and has the mode and owner it was given', async () => {
    const { run, exec } = world()
    await run('c1', { ...idle, HostConfig: { Tmpfs: { '/t': 'size=64k,mode=700,uid=5' } } })
    expect(await exec('c1', mounted('/t'))).toBe(
      'tmpfs on /t type tmpfs (rw,nosuid,nodev,noexec,relatime,size=64k,mode=700,uid=5)\n',
    )
    expect(await exec('c1', 'stat -c "%a %u" /t')).toBe('700 5\n')
    expect(await exec('c1', 'dd if=/dev/zero of=/t/x bs=1k count=100')).toBe(
      "dd: error writing '/t/x': No space left on device\n65+0 records in\n64+0 records out\n65536 bytes (64.0KB) copied, 0.000000 seconds, 0B/s\n",
    )
    expect(await exec('c1', 'df /t | tail -1')).toBe('tmpfs                       64        64         0 100% /t\n')
    expect(await exec('c1', 'cat /etc/passwd >/t/b; rm /t/x; echo ok >/t/y; cat /t/y')).toBe(
      'cat: write error: No space left on device\nok\n',
    )
  })

  it('is made by --mount too, and its size is rounded to pages', async () => {
    const { run, exec } = world()
    const tmpfs = { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 100, Mode: 0o770 } }
    await run('c1', { ...idle, HostConfig: { Mounts: [tmpfs] } })
    expect(await exec('c1', mounted('/t'))).toBe(
      'tmpfs on /t type tmpfs (rw,nosuid,nodev,noexec,relatime,size=4k,mode=770)\n',
    )
  })

  it('takes exec and ro, and refuses what is none of its options', async () => {
    const { run, exec, call } = world()
    await run('c1', { ...idle, HostConfig: { Tmpfs: { '/t': 'ro,exec,size=1m' } } })
    expect(await exec('c1', mounted('/t'))).toBe('tmpfs on /t type tmpfs (ro,nosuid,nodev,relatime,size=1024k)\n')
    expect(await exec('c1', 'echo >/t/x')).toContain("can't create /t/x: Read-only file system")
    for (const [options, words] of [
      ['foo=bar', 'invalid tmpfs option ["foo" "bar"]'],
      ['bogus', 'invalid tmpfs option ["bogus"]'],
    ] as const) {
      await call('POST', `/containers/create?name=x${options.length}`, {
        Image: 'busybox:1.36',
        HostConfig: { Tmpfs: { '/t': options } },
      })
      const refused = await call('POST', `/containers/x${options.length}/start`)
      expect(refused).toEqual({ status: 400, body: { message: words } })
    }
    await call('POST', '/containers/create?name=size', {
      Image: 'busybox:1.36',
      HostConfig: { Tmpfs: { '/t': 'size=64x' } },
    })
    expect((await call('POST', '/containers/size/start')).body.message).toMatch(/data=size=64x: invalid argument$/)
  })

  it('/dev/shm is one, and is shared with whoever joins the IPC namespace', async () => {
    const { run, exec } = world()
    await run('aa', { ...idle, HostConfig: { IpcMode: 'shareable', ShmSize: 1048576 } })
    await run('bb', { ...idle, HostConfig: { IpcMode: 'container:aa' } })
    await run('cc', { ...idle })
    expect(await exec('aa', mounted('/dev/shm'))).toBe(
      'shm on /dev/shm type tmpfs (rw,nosuid,nodev,noexec,relatime,size=1024k)\n',
    )
    expect(await exec('aa', 'yes >/dev/shm/full; echo covfefe >/dev/null; stat -c %s /dev/shm/full')).toContain(
      '1048576',
    )
    expect(await exec('bb', 'ls /dev/shm')).toBe('full\n')
    expect(await exec('cc', 'ls /dev/shm; df /dev/shm | tail -1')).toBe(
      'shm                      65536         0     65536   0% /dev/shm\n',
    )
  })
})

describe('volumes with options of the driver', () => {
  it('lie in memory with type=tmpfs: empty for the first user, shared while one runs', async () => {
    const { run, exec, ok } = world()
    await ok('POST', '/volumes/create', {
      Name: 'tv',
      DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=64k,uid=5' },
    })
    const use = { ...idle, HostConfig: { Binds: ['tv:/t'] } }
    await run('aa', use)
    await run('bb', use)
    expect(
      await exec('aa', `${mounted('/t')}; stat -c "%a %u" /t; yes >/t/y; echo a >/t/z; stat -c %s /t/y`),
    ).toContain('tmpfs on /t type tmpfs (rw,relatime,size=64k,uid=5)\n1777 5\n')
    expect(await exec('bb', 'stat -c %s /t/y')).toBe('65536\n')
    await ok('POST', '/containers/aa/stop?t=0')
    expect(await exec('bb', 'ls /t')).toBe('y\nz\n')
    await ok('POST', '/containers/bb/stop?t=0')
    await ok('POST', '/containers/aa/start')
    expect(await exec('aa', 'ls /t')).toBe('')
  })

  it('are a directory of the host with o=bind, which must be there', async () => {
    const { tank, run, exec, ok, call } = world()
    await ok('POST', '/volumes/create', { Name: 'bv', DriverOpts: { type: 'none', device: '/srv/data', o: 'bind' } })
    await ok('POST', '/containers/create?name=aa', { Image: 'busybox:1.36', ...idle, HostConfig: { Binds: ['bv:/t'] } })
    expect(await call('POST', '/containers/aa/start')).toEqual({
      status: 500,
      body: {
        message:
          "error while mounting volume '/var/lib/docker/volumes/bv/_data': failed to mount local volume: mount /srv/data:/var/lib/docker/volumes/bv/_data, flags: 0x1000: no such file or directory",
      },
    })
    tank.host.mkdirSync('/srv/data')
    await run('bb', { ...idle, HostConfig: { Binds: ['bv:/t'] } })
    await exec('bb', 'echo hi >/t/x')
    expect(tank.host.readFileSync('/srv/data/x', 'utf8')).toBe('hi\n')
    tank.host.writeFileSync('/srv/data/y', 'ho')
    expect(await exec('bb', 'cat /t/y')).toBe('ho')
  })
})

describe('an image as a mount', () => {
  it('shows its files, or a part of them, and keeps what is written apart', async () => {
    const { run, exec, ok, call } = world()
    const mount = { Type: 'image', Source: 'busybox:1.36', Target: '/i', ImageOptions: { Subpath: 'etc' } }
    await run('aa', {
      ...idle,
      HostConfig: { Mounts: [mount, { ...mount, Target: '/whole', ImageOptions: undefined }] },
    })
    expect(await exec('aa', 'ls /i/passwd; ls -d /whole/bin; echo x >/i/new; ls /i/new')).toBe(
      '/i/passwd\n/whole/bin\n/i/new\n',
    )
    expect((await ok('GET', '/containers/aa/json')).Mounts[0]).toMatchObject({
      Type: 'image',
      Name: 'busybox:1.36',
      Destination: '/i',
      RW: true,
    })
    await run('bb', { ...idle, HostConfig: { Mounts: [mount] } })
    expect(await exec('bb', 'ls /i/new')).toContain('No such file')
    const missing = { ...mount, Source: 'nosuch' }
    expect(
      (await call('POST', '/containers/create', { Image: 'busybox:1.36', HostConfig: { Mounts: [missing] } })).status,
    ).toBe(404)
  })
})
