import { describe, expect, it } from 'vitest'
import { BUSYBOX, daemon } from './daemon.ts'
import { dockerIsHere } from './docker.ts'

describe.runIf(dockerIsHere())('docker volume, -v, --mount, --tmpfs', () => {
  const at = daemon('volumes')
  const ran = (...args: string[]) => at.docker.run(['run', '--rm', ...args])
  const sh = (mount: readonly string[], script: string) => ran(...mount, BUSYBOX, 'sh', '-c', script)
  const READ_ONLY = { stdout: 'hi\n', stderr: "sh: can't create /m/g: Read-only file system\n", status: 1 }

  it('-v and --mount: a named volume stays, `ro` is read-only, `nocopy` stays empty', async () => {
    await sh(['-v', 'data:/m'], 'echo hi > /m/f')
    expect(await sh(['-v', 'data:/m:ro'], 'cat /m/f; echo x > /m/g')).toEqual(READ_ONLY)
    expect(await sh(['--mount', 'type=volume,source=data,target=/m,readonly'], 'cat /m/f; echo x > /m/g')).toEqual(
      READ_ONLY,
    )
    expect((await sh(['-v', 'fresh:/etc:nocopy'], 'ls /etc/passwd')).status).toBe(1)
    expect((await sh(['-v', 'copied:/etc'], 'ls /etc/passwd')).stdout).toBe('/etc/passwd\n')
  })

  it('--volumes-from shares all of them, and `:ro` for reading', async () => {
    await at.docker.out('run', '-d', '--name', 'keeper', '-v', 'data:/m', '-v', '/anon', BUSYBOX, 'sleep', 'infinity')
    await at.docker.out('exec', 'keeper', 'sh', '-c', 'echo hi > /m/f')
    expect((await sh(['--volumes-from', 'keeper'], 'cat /m/f; echo deep > /anon/a')).stdout).toBe('hi\n')
    expect(await at.docker.out('exec', 'keeper', 'cat', '/anon/a')).toBe('deep\n')
    expect(await sh(['--volumes-from', 'keeper:ro'], 'cat /m/f; echo x > /m/g')).toEqual(READ_ONLY)
    expect(await at.refusal('run', '--volumes-from', 'nosuch', BUSYBOX)).toContain('No such container: nosuch')
  })

  it('--tmpfs: empty, with the mode asked for, gone with the container', async () => {
    expect((await sh(['--tmpfs', '/t:size=1m,mode=700'], 'stat -c %a /t; ls -A /t; touch /t/x')).stdout).toBe('700\n')
    expect((await sh(['--mount', 'type=tmpfs,target=/t,tmpfs-mode=1770'], 'stat -c %a /t')).stdout).toBe('1770\n')
  })

  it('binds: made for -v where missing, refused for --mount', async () => {
    expect((await sh(['-v', '/new/folder:/b'], 'echo kept > /b/f')).status).toBe(0)
    expect(at.tank.host.readFileSync('/new/folder/f', 'utf8')).toBe('kept\n')
    expect((await sh(['--mount', 'type=bind,source=/new/folder,target=/b'], 'cat /b/f')).stdout).toBe('kept\n')
    expect(await at.refusal('run', '--mount', 'type=bind,source=/no/such,target=/b', BUSYBOX)).toBe(
      'invalid mount config for type "bind": bind source path does not exist: /no/such',
    )
  })

  it('an anonymous volume goes with --rm and `rm -v`, and else stays', async () => {
    const count = async () => (await at.docker.out('volume', 'ls', '-q')).split('\n').length - 1
    await ran('-v', '/anon', BUSYBOX, 'true')
    expect(await count()).toBe(0)
    for (const name of ['one', 'two']) await at.docker.out('create', '--name', name, '-v', '/anon', BUSYBOX)
    await at.docker.out('rm', 'one')
    await at.docker.out('rm', '-v', 'two')
    expect(await count()).toBe(1)
    expect(await at.docker.out('volume', 'prune', '-f')).toMatch(/^Deleted Volumes:\n[0-9a-f]{64}\n\nTotal reclaimed/)
  })

  it('create, ls, inspect, rm', async () => {
    await at.docker.out('volume', 'create', '--label', 'a=b', '--opt', 'type=tmpfs', '--opt', 'device=tmpfs', 'first')
    await at.docker.out('volume', 'create', 'second')
    expect(await at.docker.out('volume', 'create', 'second')).toBe('second\n')
    const list = (...filter: string[]) => at.docker.out('volume', 'ls', '-q', ...filter)
    expect([await list(), await list('-f', 'label=a'), await list('-f', 'name=sec')]).toEqual([
      'first\nsecond\n',
      'first\n',
      'second\n',
    ])
    await at.docker.out('create', '--name', 'user', '-v', 'first:/m', BUSYBOX)
    expect([await list('-f', 'dangling=true'), await list('-f', 'dangling=false')]).toEqual(['second\n', 'first\n'])
    expect(
      await at.docker.out('volume', 'inspect', '-f', '{{.Mountpoint}} {{.Labels.a}} {{.Options.type}}', 'first'),
    ).toBe('/var/lib/docker/volumes/first/_data b tmpfs\n')
    expect(await at.refusal('volume', 'rm', 'first')).toMatch(/^remove first: volume is in use - \[[0-9a-f]{64}\]$/)
    await at.docker.out('rm', 'user')
    expect(await at.docker.out('volume', 'rm', 'first', 'second')).toBe('first\nsecond\n')
  })

  it.each([
    [['volume', 'rm', 'nosuch'], 'get nosuch: no such volume'],
    [
      ['volume', 'create', 'a'],
      'create a: volume name is too short, names should be at least two alphanumeric characters',
    ],
    [['volume', 'create', '--opt', 'no=1', 'bad'], 'create bad: invalid option: "no"'],
    [
      ['volume', 'create', '-d', 'nosuch', 'bad'],
      'create bad: error looking up volume plugin nosuch: plugin "nosuch" not found',
    ],
    [['volume', 'ls', '-f', 'nosuch=1'], "invalid filter 'nosuch'"],
    [['create', '-v', 'data:/a:badmode', BUSYBOX], 'invalid mode: badmode'],
    [
      ['create', '-v', 'data:/', BUSYBOX],
      `invalid volume specification: 'data:/': invalid mount config for type "volume": invalid specification: destination can't be '/'`,
    ],
    [['create', '--mount', 'type=odd,target=/b', BUSYBOX], 'invalid mount config for type "odd": mount type unknown'],
  ])('%j is refused', async (args, words) => {
    expect(await at.refusal(...args)).toBe(words)
  })
})
