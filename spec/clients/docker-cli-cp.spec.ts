import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { decode } from '../../src/storage/tar/decode.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { DIRECTORY, tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { BUSYBOX, daemon } from './daemon.ts'
import { dockerIsHere } from './docker.ts'

describe.runIf(dockerIsHere())('docker cp', () => {
  const at = daemon('cp')
  const path = (name: string) => join(at.folder, name)
  const cp = (...args: string[]) => at.docker.run(['cp', '-q', ...args])
  const inside = (script: string) => at.docker.out('exec', 'box', 'sh', '-c', script)

  beforeEach(async () => {
    mkdirSync(path('src/sub'), { recursive: true })
    writeFileSync(path('src/one.txt'), 'one\n')
    writeFileSync(path('src/sub/two.txt'), 'two\n', { mode: 0o600 })
    symlinkSync('one.txt', path('src/link'))
    writeFileSync(path('top.txt'), 'top\n', { mode: 0o640 })
    await at.detached('box', 'sleep', 'infinity')
  })

  it('a file: into a folder, under a name, over a file; its mode stays and root owns it', async () => {
    await cp('top.txt', 'box:/tmp')
    await cp('top.txt', 'box:/tmp/renamed')
    await cp('src/one.txt', 'box:/tmp/renamed')
    expect(await inside('cd /tmp; stat -c "%n %a %u:%g" top.txt; cat renamed')).toBe('top.txt 640 0:0\none\n')
  })

  it('a folder: into a folder that is there, as one that is not, its content with `/.`', async () => {
    await cp('src', 'box:/tmp')
    await cp('src', 'box:/tmp/other')
    await cp('src/.', 'box:/root')
    expect(await inside('cd /tmp; find . -type f | sort; readlink src/link; ls /root')).toBe(
      './other/one.txt\n./other/sub/two.txt\n./src/one.txt\n./src/sub/two.txt\none.txt\nlink\none.txt\nsub\n',
    )
  })

  it('links: as such, or with -L what they lead to; both ways', async () => {
    await cp('src/link', 'box:/tmp/kept')
    await cp('-L', 'src/link', 'box:/tmp/followed')
    expect(await inside('cd /tmp; readlink kept; cat followed')).toBe('one.txt\none\n')
    await inside('cd /tmp; echo x > target; ln -s target way')
    await cp('box:/tmp/way', 'kept')
    await cp('-L', 'box:/tmp/way', 'followed')
    expect([readlinkSync(path('kept')), readFileSync(path('followed'), 'utf8')]).toEqual(['target', 'x\n'])
  })

  it('out: a file, a folder, its content', async () => {
    await inside('mkdir -p /d/e; echo a > /d/a; echo b > /d/e/b')
    await cp('box:/d/a', 'a')
    await cp('box:/d', 'whole')
    await cp('box:/d/.', 'src')
    expect(['a', 'whole/a', 'whole/e/b', 'src/e/b'].map((name) => readFileSync(path(name), 'utf8'))).toEqual([
      'a\n',
      'a\n',
      'b\n',
      'b\n',
    ])
  })

  it('streams: a tar in, a tar out', async () => {
    const tar = encode([
      tarEntry({ name: 'in/', type: DIRECTORY, mode: 0o755 }),
      tarEntry({ name: 'in/f', body: new TextEncoder().encode('said') }),
    ])
    expect(await at.docker.run(['cp', '-', 'box:/tmp'], tar)).toMatchObject({ stdout: '', status: 0 })
    expect(await inside('cat /tmp/in/f')).toBe('said')
    const { stdout } = await at.docker.run(['cp', 'box:/tmp/in', '-'])
    expect(decode(Buffer.from(stdout)).map(({ name }) => name)).toEqual(['in/', 'in/f'])
    expect(await at.refusal('cp', 'box:/nosuch', '-')).toBe('Could not find the file /nosuch in container box')
    expect((await at.docker.run(['cp', '-', 'box:/tmp'], 'no tar at all')).stderr).toContain('unexpected EOF')
  })

  it('a container that never ran, one that has stopped, and what the first start sees', async () => {
    await at.docker.out('create', '--name', 'new', BUSYBOX, 'cat', '/tmp/top.txt')
    await cp('top.txt', 'new:/tmp')
    expect(await at.docker.out('start', '-a', 'new')).toBe('top\n')
    await cp('new:/tmp/top.txt', 'back')
    expect(readFileSync(path('back'), 'utf8')).toBe('top\n')
  })

  it('volumes: through the container, and seen by others', async () => {
    await at.docker.out('create', '--name', 'with', '-v', 'data:/data', BUSYBOX, 'true')
    await cp('top.txt', 'with:/data/')
    expect(await at.docker.out('run', '--rm', '-v', 'data:/d', BUSYBOX, 'cat', '/d/top.txt')).toBe('top\n')
    await cp('with:/data', 'out')
    expect(readFileSync(path('out/top.txt'), 'utf8')).toBe('top\n')
  })

  it('a read-only root and a read-only volume refuse, others of the container’s mounts do not', async () => {
    await at.docker.out(
      'run',
      '-d',
      '--name',
      'ro',
      '--read-only',
      '-v',
      'rw:/rw',
      '-v',
      'data:/ro:ro',
      BUSYBOX,
      'sleep',
      '99',
    )
    expect(await at.refusal('cp', 'top.txt', 'ro:/tmp')).toBe('container rootfs is marked read-only')
    expect(await at.refusal('cp', 'top.txt', 'ro:/ro')).toBe('mounted volume is marked read-only')
    expect(await cp('top.txt', 'ro:/rw')).toMatchObject({ status: 0 })
    expect(await cp('ro:/etc/passwd', 'passwd')).toMatchObject({ status: 0 })
  })

  it('no link and no `..` leads out of the root', async () => {
    await inside('ln -s ../../../../../.. /tmp/up; ln -s / /tmp/root')
    await cp('top.txt', 'box:/tmp/up/a')
    await cp('top.txt', 'box:/tmp/root/b')
    await cp('top.txt', 'box:/../../../../c')
    expect(await inside('cat /a /b /c')).toBe('top\ntop\ntop\n')
    expect(existsSync('/a') || existsSync('/b') || existsSync('/c')).toBe(false)
  })

  it('refusals', async () => {
    const said = async (...args: string[]) => (await cp(...args)).stderr.trimEnd().split('\n').at(-1)
    expect(await said('box:/tmp/nosuch', 'x')).toBe(
      'Error response from daemon: Could not find the file /tmp/nosuch in container box',
    )
    expect(await said('nosuch:/x', 'x')).toBe('Error response from daemon: No such container: nosuch')
    expect(await said('top.txt', 'box:/nodir/')).toBe('no such directory')
    expect(await said('top.txt', 'box:/nodir/x')).toBe(
      'Error response from daemon: Could not find the file /nodir in container box',
    )
    expect(await said('src', 'box:/etc/passwd')).toBe('cannot copy directory')
  })
})
