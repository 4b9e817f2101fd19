import * as host from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import type { IFs } from 'memfs'
import { describe, expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { makedev, S_IFCHR } from '../../src/storage/inode.ts'
import { memfsView } from '../../src/storage/memfs-view.ts'
import { soundness } from './listing.ts'

const START = 1_700_000_000_000_000_000n

function world({ readOnly = false } = {}) {
  const clock = { now: START, writes: 0 }
  const holder = { files: new FileSystem() }
  const fs = memfsView(() => holder.files, {
    now: () => clock.now,
    onWrite: () => clock.writes++,
    readOnly,
  })
  return { clock, holder, fs }
}

const errorOf = (work: () => unknown): Record<string, unknown> => {
  try {
    work()
  } catch (error) {
    const { message, code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
    return { message, code, errno, syscall, path, dest }
  }
  return { message: 'nothing was thrown' }
}

describe('both ways', () => {
  test('what the view writes is in the file system, at its time, as root', () => {
    const { clock, holder, fs } = world()
    clock.now += 5n
    fs.mkdirSync('/etc')
    fs.writeFileSync('/etc/motd', 'hello')
    fs.appendFileSync('/etc/motd', ' world')
    fs.symlinkSync('motd', '/etc/link')
    expect(holder.files.readText('/etc/link')).toBe('hello world')
    expect(holder.files.need('/etc/motd')).toMatchObject({ mode: 0o100644, uid: 0, gid: 0, mtime: START + 5n })
    expect(holder.files.need('/etc').mode).toBe(0o040755)
    expect(soundness(holder.files.snapshot())).toEqual([])
  })

  test('what the file system gets is in the view', () => {
    const { holder, fs } = world()
    const caller = { uid: 7, gid: 8, umask: 0, now: START + 1_500_000n }
    holder.files.mkdir(caller, '/d')
    holder.files.writeFile(caller, '/d/f', 'content', 0o640)
    holder.files.link(caller, '/d/f', '/d/g')
    holder.files.mknod(caller, '/null', S_IFCHR | 0o666, makedev(1, 3))
    expect(fs.readdirSync('/')).toEqual(['d', 'null'])
    expect(fs.readFileSync('/d/g', 'utf8')).toBe('content')
    const stat = fs.statSync('/d/f')
    expect(stat).toMatchObject({ uid: 7, gid: 8, nlink: 2, size: 7, mode: 0o100640 })
    expect(stat.mtime.toISOString()).toBe('2023-11-14T22:13:20.001Z')
    expect(fs.statSync('/null').isCharacterDevice()).toBe(true)
    expect(fs.statSync('/null').rdev).toBe(0x103)
  })

  test('the view follows when the file system is replaced', () => {
    const { holder, fs } = world()
    fs.writeFileSync('/f', 'old')
    const old = holder.files
    holder.files = old.fork()
    fs.writeFileSync('/f', 'new')
    expect([old.readText('/f'), holder.files.readText('/f'), fs.readFileSync('/f', 'utf8')]).toEqual([
      'old',
      'new',
      'new',
    ])
    holder.files = old
    expect(fs.readFileSync('/f', 'utf8')).toBe('old')
    holder.files = new FileSystem()
    expect(fs.existsSync('/f')).toBe(false)
  })

  test('reading is never a write, each write is told', () => {
    const { clock, holder, fs } = world()
    fs.writeFileSync('/f', 'x')
    const [before, writes] = [holder.files.snapshot(), clock.writes]
    fs.readFileSync('/f')
    fs.readdirSync('/')
    fs.statSync('/f')
    fs.existsSync('/nope')
    fs.closeSync(fs.openSync('/f', 'r'))
    expect([holder.files.snapshot() === before, clock.writes]).toEqual([true, writes])
    fs.chmodSync('/f', 0o600)
    fs.chownSync('/f', 1, 2)
    fs.utimesSync('/f', 1, 2.25)
    fs.renameSync('/f', '/g')
    fs.linkSync('/g', '/h')
    fs.unlinkSync('/g')
    fs.truncateSync('/h', 0)
    expect(clock.writes - writes).toBe(7)
    expect(holder.files.need('/h')).toMatchObject({ mode: 0o100600, uid: 1, gid: 2, atime: 1_000_000_000n, size: 0 })
  })

  test('bytes handed out are the caller’s own', () => {
    const { holder, fs } = world()
    fs.writeFileSync('/f', 'abc')
    const bytes = fs.readFileSync('/f') as Buffer
    bytes[0] = 0x58
    expect([holder.files.readText('/f'), fs.readFileSync('/f', 'utf8')]).toEqual(['abc', 'abc'])
    const mine = Buffer.from('mine')
    fs.writeFileSync('/f', mine)
    mine[0] = 0x58
    expect(holder.files.readText('/f')).toBe('mine')
  })
})

describe('the fs API', () => {
  test('promises', async () => {
    const { holder, fs } = world()
    await fs.promises.mkdir('/a/b', { recursive: true })
    await fs.promises.writeFile('/a/b/f', 'text')
    await fs.promises.rename('/a/b', '/a/c')
    expect(await fs.promises.readdir('/a')).toEqual(['c'])
    const handle = await fs.promises.open('/a/c/f', 'r+')
    await handle.write('T')
    await handle.close()
    expect(holder.files.readText('/a/c/f')).toBe('Text')
    await fs.promises.rm('/a', { recursive: true })
    await expect(fs.promises.readFile('/a/c/f')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('callbacks', async () => {
    const { fs } = world()
    await new Promise<void>((resolve, reject) =>
      fs.writeFile('/f', 'x', (error) => (error ? reject(error) : resolve())),
    )
    const text = await new Promise((resolve) => fs.readFile('/f', 'utf8', (_error, data) => resolve(data)))
    expect(text).toBe('x')
  })

  test('streams', async () => {
    const { holder, fs } = world()
    const chunks = Array.from({ length: 50 }, (_, n) => `${n}`.repeat(1_000))
    await pipeline(Readable.from(chunks), fs.createWriteStream('/big'))
    expect(holder.files.readText('/big')).toBe(chunks.join(''))
    let read = ''
    for await (const chunk of fs.createReadStream('/big', { encoding: 'utf8' })) read += chunk
    expect(read).toBe(chunks.join(''))
    let part = ''
    for await (const chunk of fs.createReadStream('/big', { start: 2, end: 5 })) part += chunk
    expect(part).toBe('0000')
  })

  test('descriptors keep their place and their file', () => {
    const { holder, fs } = world()
    fs.writeFileSync('/f', '0123456789')
    const fd = fs.openSync('/f', 'r+')
    const into = Buffer.alloc(4)
    expect(fs.readSync(fd, into, 0, 4, null)).toBe(4)
    fs.writeSync(fd, 'ab')
    fs.unlinkSync('/f')
    fs.ftruncateSync(fd, 8)
    expect([into.toString(), fs.fstatSync(fd).size]).toEqual(['0123', 8])
    expect(fs.readSync(fd, into, 0, 4, 3)).toBe(4)
    expect(into.toString()).toBe('3ab6')
    const { ino } = fs.fstatSync(fd)
    fs.closeSync(fd)
    expect(holder.files.lookupInode(Number(ino))).toBeUndefined()
    expect(soundness(holder.files.snapshot())).toEqual([])
  })

  test('mkdir, rm, rmdir, cp, opendir, toJSON', () => {
    const { fs } = world()
    expect(fs.mkdirSync('/a/b/c', { recursive: true })).toBe('/a')
    expect(fs.mkdirSync('/a/b/c', { recursive: true })).toBeUndefined()
    fs.writeFileSync('/a/b/f', 'f')
    fs.cpSync('/a', '/z', { recursive: true })
    fs.copyFileSync('/z/b/f', '/z/g')
    const dir = fs.opendirSync('/z')
    expect([dir.readSync()?.name, dir.readSync()?.name, dir.readSync()]).toEqual(['b', 'g', null])
    dir.closeSync()
    expect((fs as IFs & { __vol: { toJSON(): object } }).__vol.toJSON()).toEqual({
      '/a/b/c': null,
      '/a/b/f': 'f',
      '/z/b/c': null,
      '/z/b/f': 'f',
      '/z/g': 'f',
    })
    fs.rmdirSync('/a/b/c')
    fs.rmSync('/a', { recursive: true })
    fs.rmSync('/never', { force: true })
    expect(fs.readdirSync('/', { withFileTypes: true }).map((each) => `${(each as { name: string }).name}`)).toEqual([
      'z',
    ])
  })

  test('realpath, readlink and lstat', () => {
    const { fs } = world()
    fs.mkdirSync('/usr/bin', { recursive: true })
    fs.writeFileSync('/usr/bin/sh', '')
    fs.symlinkSync('usr/bin', '/bin')
    expect([fs.realpathSync('/bin/sh'), fs.readlinkSync('/bin'), fs.lstatSync('/bin').isSymbolicLink()]).toEqual([
      '/usr/bin/sh',
      'usr/bin',
      true,
    ])
    fs.rmSync('/bin')
    expect([fs.existsSync('/bin'), fs.existsSync('/usr/bin/sh')]).toEqual([false, true])
  })

  test('watchers hear of what the view does', async () => {
    const { fs } = world()
    fs.mkdirSync('/d')
    const heard: string[] = []
    const watcher = fs.watch('/d', { persistent: false }, (type, name) => heard.push(`${type} ${name}`))
    fs.writeFileSync('/d/a', 'x')
    fs.renameSync('/d/a', '/d/b')
    fs.unlinkSync('/d/b')
    watcher.close()
    fs.writeFileSync('/d/c', '')
    expect(heard).toEqual(['rename a', 'change a', 'rename a', 'rename b', 'rename b'])
  })

  test('nothing of the host’s process is asked', () => {
    const { fs, holder } = world()
    fs.writeFileSync('relative', '')
    expect(holder.files.readdir('/')).toEqual(['relative'])
    expect(fs.statSync('/relative').uid).toBe(0)
  })
})

describe('errors are Node’s', () => {
  test.each<[string, (fs: IFs) => unknown, object]>([
    [
      'open',
      (fs) => fs.readFileSync('/nope'),
      {
        code: 'ENOENT',
        errno: -2,
        syscall: 'open',
        path: '/nope',
        message: "ENOENT: no such file or directory, open '/nope'",
      },
    ],
    [
      'unlink',
      (fs) => fs.unlinkSync('/nope'),
      { code: 'ENOENT', errno: -2, syscall: 'unlink', message: "ENOENT: no such file or directory, unlink '/nope'" },
    ],
    [
      'unlink a directory',
      (fs) => fs.unlinkSync('/d'),
      { code: 'EISDIR', message: "EISDIR: illegal operation on a directory, unlink '/d'" },
    ],
    [
      'rmdir',
      (fs) => fs.rmdirSync('/d'),
      { code: 'ENOTEMPTY', errno: -39, message: "ENOTEMPTY: directory not empty, rmdir '/d'" },
    ],
    ['mkdir', (fs) => fs.mkdirSync('/d'), { code: 'EEXIST', message: "EEXIST: file already exists, mkdir '/d'" }],
    ['mkdir -p through a file', (fs) => fs.mkdirSync('/d/f/x', { recursive: true }), { code: 'ENOTDIR' }],
    [
      'rename',
      (fs) => fs.renameSync('/no', '/d/x'),
      {
        code: 'ENOENT',
        path: '/no',
        dest: '/d/x',
        message: "ENOENT: no such file or directory, rename '/no' -> '/d/x'",
      },
    ],
    ['link', (fs) => fs.linkSync('/d/f', '/d/f'), { code: 'EEXIST', path: '/d/f', dest: '/d/f' }],
    ['symlink', (fs) => fs.symlinkSync('x', '/d/f'), { code: 'EEXIST', path: 'x', dest: '/d/f' }],
    ['rm without recursive', (fs) => fs.rmSync('/d'), { code: 'EISDIR' }],
    ['scandir', (fs) => fs.readdirSync('/d/f'), { code: 'ENOTDIR', syscall: 'scandir' }],
    ['write to a directory', (fs) => fs.writeFileSync('/d', ''), { code: 'EISDIR', syscall: 'open' }],
    ['a closed descriptor', (fs) => fs.writeSync(99_999, 'x'), { code: 'EBADF' }],
  ])('%s', (_words, work, expected) => {
    const { fs } = world()
    fs.mkdirSync('/d')
    fs.writeFileSync('/d/f', '')
    expect(errorOf(() => work(fs))).toMatchObject(expected)
  })

  test('a read-only view refuses every change', () => {
    const { fs, holder, clock } = world({ readOnly: true })
    holder.files.writeFile(root(0n), '/f', 'x')
    const before = holder.files.snapshot()
    for (const work of [
      () => fs.writeFileSync('/f', 'y'),
      () => fs.writeFileSync('/new', ''),
      () => fs.mkdirSync('/d'),
      () => fs.unlinkSync('/f'),
      () => fs.renameSync('/f', '/g'),
      () => fs.chmodSync('/f', 0),
      () => fs.rmSync('/f'),
      () => fs.utimesSync('/f', 0, 0),
    ]) {
      expect(errorOf(work)).toMatchObject({ code: 'EROFS', errno: -30 })
    }
    expect([fs.readFileSync('/f', 'utf8'), holder.files.snapshot() === before, clock.writes]).toEqual(['x', true, 0])
  })
})

const onLinux = process.platform === 'linux'
if (!onLinux) console.log(`memfs-view.spec: the oracle is Node on Linux, this is ${process.platform}`)

describe.runIf(onLinux)('against Node’s own fs', () => {
  type Fs = Pick<IFs, 'writeFileSync' | 'appendFileSync' | 'mkdirSync' | 'unlinkSync' | 'rmdirSync' | 'rmSync'> &
    Pick<IFs, 'readFileSync' | 'readdirSync' | 'existsSync' | 'truncateSync' | 'statSync' | 'renameSync' | 'linkSync'>
  type Step = (fs: Fs, at: (path: string) => string) => unknown
  const name = fc.constantFrom('a', 'b', 'c')
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `/${names.join('/')}`)
  const text = fc.string({ maxLength: 5 })
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(path, text).map(
      ([p, t]): Step =>
        (fs, at) =>
          fs.writeFileSync(at(p), t),
    ),
    fc.tuple(path, text).map(
      ([p, t]): Step =>
        (fs, at) =>
          fs.appendFileSync(at(p), t),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.mkdirSync(at(p), { recursive: true }),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.mkdirSync(at(p)),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.unlinkSync(at(p)),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.rmdirSync(at(p)),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.rmSync(at(p), { recursive: true, force: true }),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.readFileSync(at(p), 'utf8'),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          [...fs.readdirSync(at(p))].sort(),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.existsSync(at(p)),
    ),
    fc.tuple(path, path).map(
      ([a, b]): Step =>
        (fs, at) =>
          fs.renameSync(at(a), at(b)),
    ),
    fc.tuple(path, path).map(
      ([a, b]): Step =>
        (fs, at) =>
          fs.linkSync(at(a), at(b)),
    ),
    fc.tuple(path, fc.nat(8)).map(
      ([p, size]): Step =>
        (fs, at) =>
          fs.truncateSync(at(p), size),
    ),
    path.map(
      (p): Step =>
        (fs, at) =>
          fs.statSync(at(p)).isDirectory(),
    ),
  )

  test('the same steps have the same answers', () => {
    const base = host.mkdtempSync(join(tmpdir(), 'wavetank-view-'))
    let run = 0
    const answer = (work: () => unknown): unknown => {
      try {
        return work() ?? 'ok'
      } catch (error) {
        return (error as NodeJS.ErrnoException).code
      }
    }
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (all) => {
        const dir = join(base, `${run++}`)
        host.mkdirSync(dir)
        const { fs } = world()
        const ours = all.map((each) => answer(() => each(fs, (path) => path)))
        const theirs = all.map((each) => answer(() => each(host as unknown as Fs, (path) => dir + path)))
        expect(ours).toEqual(theirs.map((each) => (typeof each === 'string' ? each.replace(dir, '') : each)))
      }),
      { numRuns: 60 },
    )
    host.rmSync(base, { recursive: true })
  })
})
