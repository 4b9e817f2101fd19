import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { contents, ROOT, S_IFIFO, S_IFREG, S_ISGID } from '../../src/storage/inode.ts'
import { play, steps } from './arbitrary.ts'
import { listing, soundness } from './listing.ts'
import { codeOf } from './refusal.ts'

const at = (seconds: number) => root(BigInt(seconds) * 1_000_000_000n)
const bytes = (text: string) => new TextEncoder().encode(text)

function sample(): FileSystem {
  const fs = new FileSystem()
  fs.mkdirp(at(1), '/etc/init.d')
  fs.writeFile(at(1), '/etc/passwd', 'root:x:0:0\n')
  fs.symlink(at(1), '/etc', '/config')
  fs.symlink(at(1), 'passwd', '/etc/users')
  return fs
}

describe('paths', () => {
  test.each([
    ['/', '/'],
    ['//etc///init.d/', '/etc/init.d'],
    ['/etc/./../etc/passwd', '/etc/passwd'],
    ['/../../etc', '/etc'],
    ['/config/init.d', '/etc/init.d'],
    ['/config/users', '/etc/passwd'],
    ['etc/passwd', '/etc/passwd'],
  ])('%s leads to %s', (path, expected) => {
    const fs = sample()
    expect(fs.pathOf(fs.need(path).ino)).toBe(expected)
  })

  test.each([
    ['', 'ENOENT'],
    ['/nope', 'ENOENT'],
    ['/nope/deeper', 'ENOENT'],
    ['/etc/passwd/x', 'ENOTDIR'],
    ['/etc/passwd/', 'ENOTDIR'],
    ['/etc/passwd/..', 'ENOTDIR'],
    [`/${'n'.repeat(256)}`, 'ENAMETOOLONG'],
    [`/${'n/'.repeat(3000)}`, 'ENAMETOOLONG'],
  ])('%s is refused with %s', (path, code) => {
    expect(codeOf(() => sample().need(path))).toBe(code)
  })

  test('a symlink at the end is followed or not, as asked', () => {
    const fs = sample()
    expect(fs.need('/etc/users').size).toBe(11)
    expect(fs.need('/etc/users', { follow: false }).target).toBe('passwd')
    expect(fs.readlink('/etc/users')).toBe('passwd')
  })

  test('forty symlinks are followed and one more is a loop', () => {
    const fs = new FileSystem()
    fs.writeFile(at(0), '/l0', 'end')
    for (let n = 1; n <= 41; n++) fs.symlink(at(0), `l${n - 1}`, `/l${n}`)
    expect(fs.readText('/l40')).toBe('end')
    expect(codeOf(() => fs.readText('/l41'))).toBe('ELOOP')
    fs.symlink(at(0), 'self', '/self')
    expect(codeOf(() => fs.need('/self'))).toBe('ELOOP')
  })

  test('relative paths start at cwd', () => {
    const fs = sample()
    const cwd = fs.need('/etc/init.d').ino
    expect(fs.pathOf(fs.need('../passwd', { cwd }).ino)).toBe('/etc/passwd')
    expect(fs.need('.', { cwd }).ino).toBe(cwd)
    expect(fs.resolve('.', { cwd })).toMatchObject({ parent: fs.need('/etc').ino, name: 'init.d' })
  })

  test('a missing last name is a place', () => {
    const fs = sample()
    expect(fs.resolve('/etc/new/')).toEqual({ parent: fs.need('/etc').ino, name: 'new', node: undefined, slash: true })
    expect(fs.lookup('/etc/new')).toBeUndefined()
    expect(fs.lookup('/etc/passwd/x')).toBeUndefined()
  })
})

describe('changes', () => {
  test('modes are masked, owners and times are the caller’s', () => {
    const fs = new FileSystem()
    const caller = { uid: 7, gid: 8, umask: 0o027, now: 9n }
    expect(fs.writeFile(caller, '/f', '', 0o666)).toMatchObject({
      mode: S_IFREG | 0o640,
      uid: 7,
      gid: 8,
      mtime: 9n,
      ctime: 9n,
      atime: 9n,
      nlink: 1,
    })
    expect(fs.mkdir(caller, '/d').mode & 0o7777).toBe(0o750)
    expect(fs.need('/')).toMatchObject({ mtime: 9n, nlink: 3 })
  })

  test('a set-group-ID directory gives its group away', () => {
    const fs = new FileSystem()
    const dir = fs.mkdir(at(0), '/shared')
    fs.chown(at(0), dir.ino, 0, 50)
    fs.chmod(at(0), dir.ino, S_ISGID | 0o775)
    const caller = { uid: 7, gid: 8, umask: 0, now: 0n }
    expect(fs.writeFile(caller, '/shared/f', '')).toMatchObject({ gid: 50 })
    expect(fs.mkdir(caller, '/shared/d', 0o755)).toMatchObject({ gid: 50, mode: 0o042755 })
  })

  test('chown takes set-id bits from files and leaves them on directories', () => {
    const fs = new FileSystem()
    const file = fs.writeFile(at(0), '/f', '')
    const dir = fs.mkdir(at(0), '/d')
    for (const { ino } of [file, dir]) {
      fs.chmod(at(0), ino, 0o6755)
      fs.chown(at(0), ino, 1, 1)
    }
    expect([fs.need('/f').mode & 0o7777, fs.need('/d').mode & 0o7777]).toEqual([0o755, 0o6755])
  })

  test('hard links share everything; the last one gone, the file is', () => {
    const fs = sample()
    fs.link(at(5), '/etc/passwd', '/copy')
    expect(fs.need('/copy')).toMatchObject({ ino: fs.need('/etc/passwd').ino, nlink: 2, ctime: 5_000_000_000n })
    fs.unlink(at(6), '/etc/passwd')
    expect(fs.pathOf(fs.need('/copy').ino)).toBe('/copy')
    const { ino } = fs.need('/copy')
    fs.unlink(at(7), '/copy')
    expect(fs.lookupInode(ino)).toBeUndefined()
  })

  test('a held inode outlives its names', () => {
    const fs = sample()
    const { ino } = fs.need('/etc/passwd')
    fs.hold(ino)
    fs.hold(ino)
    fs.unlink(at(2), '/etc/passwd')
    fs.write(at(3), ino, 0, bytes('R'))
    expect(new TextDecoder().decode(contents(fs.inode(ino)))).toBe('Root:x:0:0\n')
    fs.release(ino)
    expect(fs.lookupInode(ino)?.nlink).toBe(0)
    const fork = fs.fork()
    fork.release(ino)
    expect([fork.lookupInode(ino), fs.lookupInode(ino)?.nlink]).toEqual([undefined, 0])
    fs.release(ino)
    expect(fs.lookupInode(ino)).toBeUndefined()
  })

  test.each<[string, (fs: FileSystem) => unknown, string]>([
    ['mkdir over something', (fs) => fs.mkdir(at(2), '/etc'), 'EEXIST'],
    ['mkdir without a parent', (fs) => fs.mkdir(at(2), '/x/y'), 'ENOENT'],
    ['mkdirp through a file', (fs) => fs.mkdirp(at(2), '/etc/passwd/x'), 'ENOTDIR'],
    ['write to a directory', (fs) => fs.writeFile(at(2), '/etc', ''), 'EISDIR'],
    ['write with a slash', (fs) => fs.writeFile(at(2), '/new/', ''), 'EISDIR'],
    ['read a directory', (fs) => fs.readFile('/etc'), 'EISDIR'],
    ['list a file', (fs) => fs.readdir('/etc/passwd'), 'ENOTDIR'],
    ['readlink of a file', (fs) => fs.readlink('/etc/passwd'), 'EINVAL'],
    ['unlink a directory', (fs) => fs.unlink(at(2), '/etc'), 'EISDIR'],
    ['rmdir a file', (fs) => fs.rmdir(at(2), '/etc/passwd'), 'ENOTDIR'],
    ['rmdir a full directory', (fs) => fs.rmdir(at(2), '/etc'), 'ENOTEMPTY'],
    ['rmdir the root', (fs) => fs.rmdir(at(2), '/'), 'EBUSY'],
    ['link a directory', (fs) => fs.link(at(2), '/etc', '/x'), 'EPERM'],
    ['link over something', (fs) => fs.link(at(2), '/etc/passwd', '/etc/users'), 'EEXIST'],
    ['an empty symlink', (fs) => fs.symlink(at(2), '', '/x'), 'ENOENT'],
    ['rename into itself', (fs) => fs.rename(at(2), '/etc', '/etc/init.d/x'), 'EINVAL'],
    ['rename a directory over a file', (fs) => fs.rename(at(2), '/etc/init.d', '/etc/passwd'), 'ENOTDIR'],
    ['rename a file over a directory', (fs) => fs.rename(at(2), '/etc/passwd', '/etc/init.d'), 'EISDIR'],
    ['rename over a full directory', (fs) => (fs.mkdir(at(2), '/d'), fs.rename(at(2), '/d', '/etc')), 'ENOTEMPTY'],
    ['rename the root', (fs) => fs.rename(at(2), '/', '/x'), 'EBUSY'],
    ['a negative size', (fs) => fs.truncate(at(2), fs.need('/etc/passwd').ino, -1), 'EINVAL'],
    ['content of a FIFO', (fs) => fs.write(at(2), fs.mknod(at(2), '/p', S_IFIFO).ino, 0, bytes('x')), 'EINVAL'],
    ['a name with a slash', (fs) => fs.create(at(2), ROOT, 'a/b', S_IFREG), 'EINVAL'],
    ['a file beyond 2 GiB', (fs) => fs.truncate(at(2), fs.need('/etc/passwd').ino, 2 ** 31 + 1), 'EFBIG'],
  ])('%s is refused', (_words, work, code) => {
    const fs = sample()
    const before = fs.snapshot()
    expect(codeOf(() => work(fs))).toBe(code)
    expect(listing(fs.snapshot()).filter(({ path }) => path !== '/d' && path !== '/p' && path !== '/')).toEqual(
      listing(before).filter(({ path }) => path !== '/'),
    )
  })

  test('removeAll takes a tree deeper than any stack', () => {
    const fs = new FileSystem()
    let dir = ROOT
    for (let n = 0; n < 20_000; n++) dir = fs.create(at(0), dir, 'd', 0o040755).ino
    fs.removeAll(at(1), '/d')
    expect(fs.readdir('/')).toEqual([])
    expect(soundness(fs.snapshot())).toEqual([])
  })
})

describe('content', () => {
  test('behaves as an array of bytes under writes, holes and truncation, through forks and held views', () => {
    const write = fc.record({ at: fc.nat(300), bytes: fc.uint8Array({ maxLength: 90 }), kind: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40, size: 'max' }), (writes) => {
        let fs = new FileSystem()
        const { ino } = fs.writeFile(at(0), '/f', '')
        let model = new Uint8Array(0)
        const seen: [view: Uint8Array, copy: Uint8Array][] = []
        for (const { at: position, bytes, kind } of writes) {
          if (kind === 0) fs = new FileSystem(fs.snapshot())
          else if (kind === 1) {
            fs.truncate(at(1), ino, position)
            const next = new Uint8Array(position)
            next.set(model.subarray(0, position))
            model = next
          } else if (kind === 2) {
            const view = fs.read(ino, position, 50)
            seen.push([view, view.slice()])
            expect(view).toEqual(model.subarray(position, position + 50))
          } else {
            const start = kind < 6 ? model.length : position
            fs.write(at(2), ino, start, bytes)
            const end = bytes.length === 0 ? model.length : Math.max(model.length, start + bytes.length)
            const next = new Uint8Array(end)
            next.set(model)
            if (bytes.length > 0) next.set(bytes, start)
            model = next
          }
        }
        expect(contents(fs.inode(ino))).toEqual(model)
        for (const [view, copy] of seen) expect(view).toEqual(copy)
      }),
      { numRuns: 300 },
    )
  })

  test('adopted bytes are neither copied nor written to', () => {
    const fs = new FileSystem()
    const { ino } = fs.writeFile(at(0), '/f', '')
    const owned = bytes('hello')
    fs.adopt(at(0), ino, owned)
    expect(contents(fs.inode(ino)).buffer).toBe(owned.buffer)
    fs.write(at(0), ino, 0, bytes('J'))
    fs.write(at(0), ino, 5, bytes('!'))
    expect([fs.readText('/f'), new TextDecoder().decode(owned)]).toEqual(['Jello!', 'hello'])
  })

  test('a log that grows between snapshots shares its bytes', () => {
    const fs = new FileSystem()
    const { ino } = fs.writeFile(at(0), '/log', '')
    fs.write(at(0), ino, 0, new Uint8Array(900))
    fs.write(at(0), ino, 900, new Uint8Array(100))
    const first = fs.snapshot()
    fs.write(at(0), ino, 1000, bytes('more'))
    expect(fs.inode(ino).extent === first.table.get(ino)!.extent).toBe(true)
    const fork = new FileSystem(first)
    fork.write(at(0), ino, 1000, bytes('else'))
    const tail = (each: FileSystem) => new TextDecoder().decode(each.read(ino, 1000, 9))
    expect([tail(fs), tail(fork), first.table.get(ino)!.size]).toEqual(['more', 'else', 1000])
  })
})

describe('snapshots', () => {
  test('are the same object until something is written', () => {
    const fs = sample()
    const first = fs.snapshot()
    expect(fs.snapshot()).toBe(first)
    expect(new FileSystem(first).snapshot()).toBe(first)
    fs.readFile('/etc/passwd')
    fs.hold(fs.need('/etc/passwd').ino)
    fs.release(fs.need('/etc/passwd').ino)
    expect(codeOf(() => fs.mkdir(at(9), '/etc'))).toBe('EEXIST')
    expect(fs.snapshot()).toBe(first)
    fs.chmod(at(9), fs.need('/etc/passwd').ino, 0o644)
    expect(fs.snapshot()).not.toBe(first)
    fs.restore(first)
    expect(fs.snapshot()).toBe(first)
  })

  test('a fork never writes to what it came from, nor the other way round', () => {
    fc.assert(
      fc.property(steps(25), steps(25), steps(25), (before, here, there) => {
        const fs = new FileSystem()
        play(fs, before, 1)
        const snapshot = fs.snapshot()
        const lines = listing(snapshot)
        const fork = new FileSystem(snapshot)
        play(fs, here, 100)
        const ours = listing(fs.snapshot())
        play(fork, there, 200)
        expect(listing(snapshot)).toEqual(lines)
        expect(listing(fs.snapshot())).toEqual(ours)
        const again = new FileSystem(snapshot)
        play(again, there, 200)
        expect(listing(again.snapshot())).toEqual(listing(fork.snapshot()))
      }),
    )
  })

  test('whatever happens, the tree is sound', () => {
    fc.assert(
      fc.property(steps(60), (all) => {
        const fs = new FileSystem()
        play(fs, all, 1)
        expect(soundness(fs.snapshot())).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
