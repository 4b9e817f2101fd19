import { describe, expect, test } from 'vitest'
import { type Caller, EXECUTE, READ, root, WRITE } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { S_IFCHR } from '../../src/storage/inode.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'
import { codeOf } from './refusal.ts'

const su = root(1_000n)
const user: Caller = { uid: 1000, gid: 1000, umask: 0o022, now: 2_000n, groups: [50] }

/** A root, a volume at /data, its `sub` read-only at /ro, and its file `conf` over /etc/conf. */
function world() {
  const rootfs = new FileSystem()
  for (const dir of ['/etc', '/data', '/ro', '/tmp', '/home/user']) rootfs.mkdirp(su, dir)
  rootfs.writeFile(su, '/etc/conf', 'image')
  rootfs.writeFile(su, '/etc/shadow', 'secret', 0o600)
  rootfs.writeFile(su, '/data/hidden', 'below the mount')
  rootfs.chmod(su, rootfs.need('/tmp').ino, 0o1777)
  rootfs.chown(su, rootfs.need('/home/user').ino, 1000, 1000)
  const volume = new FileSystem()
  volume.mkdirp(su, '/sub/deep')
  volume.writeFile(su, '/conf', 'volume')
  volume.writeFile(su, '/sub/file', 'in sub')
  const files = new Map([
    ['root', rootfs],
    ['volume', volume],
  ])
  const ns = new Namespace(files, 'root')
  ns.mount('/data', 'volume')
  ns.mount('/ro', 'volume', { ino: volume.need('/sub').ino, readOnly: true })
  ns.mount('/etc/conf', 'volume', { ino: volume.need('/conf').ino })
  return { ns, rootfs, volume, files }
}

const text = (ns: Namespace, path: string) => new TextDecoder().decode(ns.readFile(su, path))

describe('paths across mounts', () => {
  test.each([
    ['/data/conf', 'volume'],
    ['/etc/conf', 'volume'],
    ['/ro/file', 'in sub'],
    ['/data/sub/../conf', 'volume'],
    ['/ro/deep/../../etc/conf', 'volume'],
    ['/data/../etc/shadow', 'secret'],
    ['/ro/../data/sub/file', 'in sub'],
  ])('%s reads %s', (path, expected) => {
    expect(text(world().ns, path)).toBe(expected)
  })

  test('what is below a mount does not show', () => {
    const { ns } = world()
    expect(ns.readdir(su, '/data')).toEqual(['conf', 'sub'])
    expect(ns.lookup('/data/hidden')).toBeUndefined()
  })

  test('symlinks cross mounts, absolute and relative', () => {
    const { ns, rootfs, volume } = world()
    volume.symlink(su, '/etc/shadow', '/out')
    volume.symlink(su, '../../etc/shadow', '/sub/up')
    rootfs.symlink(su, 'data/sub', '/in')
    expect([text(ns, '/data/out'), text(ns, '/data/sub/up'), text(ns, '/in/file')]).toEqual([
      'secret',
      'secret',
      'in sub',
    ])
    expect(codeOf(() => text(ns, '/ro/up'))).toBe('ok')
  })

  test('pathOf is the way one came', () => {
    const { ns } = world()
    for (const path of ['/', '/etc', '/data', '/data/sub/deep', '/ro', '/ro/deep', '/etc/conf']) {
      expect(ns.pathOf(ns.need(path))).toBe(path)
    }
  })

  test('a relative path starts at a handle, through its mount', () => {
    const { ns } = world()
    const cwd = ns.need('/ro/deep')
    expect(ns.pathOf(ns.need('../..', { cwd }))).toBe('/')
    expect(ns.pathOf(ns.need('..', { cwd }))).toBe('/ro')
    expect(ns.resolve('.', { cwd })).toMatchObject({ name: 'deep', at: cwd })
  })

  test('the same file through two mounts is the same file system and inode', () => {
    const { ns } = world()
    const [a, b] = [ns.need('/data/sub/file'), ns.need('/ro/file')]
    expect([ns.fsIdOf(a), a.ino]).toEqual([ns.fsIdOf(b), b.ino])
    ns.write(su, a, 0, new TextEncoder().encode('IN'))
    expect(text(ns, '/ro/file')).toBe('IN sub')
  })

  test('a later mount covers an earlier one', () => {
    const { ns, files } = world()
    const other = new FileSystem()
    other.writeFile(su, '/other', '')
    const more = new Namespace(new Map([...files, ['other', other]]), ns.mounts())
    more.mount('/data', 'other')
    expect(more.readdir(su, '/data')).toEqual(['other'])
  })

  test('a namespace may start in the middle of a file system, and nothing leads out of it', () => {
    const { files, rootfs } = world()
    const ns = new Namespace(files, 'root', { ino: rootfs.need('/home').ino })
    expect(ns.readdir(su, '/../..')).toEqual(['user'])
    expect(ns.pathOf(ns.need('/user'))).toBe('/user')
    expect(codeOf(() => ns.readFile(su, '/../etc/conf'))).toBe('ENOENT')
  })
})

describe('what mounts refuse', () => {
  test.each<[string, (ns: Namespace) => unknown, string]>([
    ['rename out of a mount', (ns) => ns.rename(su, '/data/conf', '/tmp/conf'), 'EXDEV'],
    ['rename between mounts of one file system', (ns) => ns.rename(su, '/data/conf', '/ro/conf'), 'EXDEV'],
    ['link out of a mount', (ns) => ns.link(su, '/data/conf', '/tmp/conf'), 'EXDEV'],
    ['rename a mount point', (ns) => ns.rename(su, '/data', '/data2'), 'EBUSY'],
    ['rename over a mount point', (ns) => ns.rename(su, '/tmp', '/data'), 'EBUSY'],
    ['rmdir a mount point', (ns) => ns.rmdir(su, '/data'), 'EBUSY'],
    ['unlink a mounted file', (ns) => ns.unlink(su, '/etc/conf'), 'EBUSY'],
    ['rmdir the root', (ns) => ns.rmdir(su, '/'), 'EBUSY'],
    ['mount over nothing', (ns) => ns.mount('/nope', 'volume'), 'ENOENT'],
    ['mount a directory over a file', (ns) => ns.mount('/etc/shadow', 'volume'), 'ENOTDIR'],
    ['mount over the root', (ns) => ns.mount('/', 'volume'), 'EBUSY'],
    ['mount what is unknown', (ns) => ns.mount('/tmp', 'nope'), 'EIO'],
    ['create', (ns) => ns.writeFile(su, '/ro/new', ''), 'EROFS'],
    ['overwrite', (ns) => ns.writeFile(su, '/ro/file', ''), 'EROFS'],
    ['mkdir', (ns) => ns.mkdir(su, '/ro/d'), 'EROFS'],
    ['symlink', (ns) => ns.symlink(su, 'x', '/ro/l'), 'EROFS'],
    ['mknod', (ns) => ns.mknod(su, '/ro/n', S_IFCHR, 1), 'EROFS'],
    ['unlink', (ns) => ns.unlink(su, '/ro/file'), 'EROFS'],
    ['rmdir', (ns) => ns.rmdir(su, '/ro/deep'), 'EROFS'],
    ['rename', (ns) => ns.rename(su, '/ro/file', '/ro/x'), 'EROFS'],
    ['link', (ns) => ns.link(su, '/ro/file', '/ro/x'), 'EROFS'],
    ['chmod', (ns) => ns.chmod(su, '/ro/file', 0o600), 'EROFS'],
    ['chown', (ns) => ns.chown(su, '/ro/file', 1, 1), 'EROFS'],
    ['utimes', (ns) => ns.utimes(su, '/ro/file', 0n, 0n), 'EROFS'],
    ['access for writing', (ns) => ns.access(su, '/ro/file', WRITE), 'EROFS'],
    ['truncate', (ns) => ns.truncate(su, ns.need('/ro/file'), 0), 'EROFS'],
    ['write', (ns) => ns.write(su, ns.need('/ro/file'), 0, new Uint8Array(1)), 'EROFS'],
    ['reading is fine', (ns) => ns.access(su, '/ro/file', READ), 'ok'],
  ])('%s: %3$s', (_words, work, code) => {
    expect(codeOf(() => work(world().ns))).toBe(code)
  })
})

describe('open', () => {
  test.each<[string, (ns: Namespace) => unknown, string]>([
    ['a missing file', (ns) => ns.open(su, '/nope'), 'ENOENT'],
    ['exclusively, what is there', (ns) => ns.open(su, '/etc/conf', { create: true, exclusive: true }), 'EEXIST'],
    ['a directory for writing', (ns) => ns.open(su, '/etc', { write: true }), 'EISDIR'],
    ['a directory to create', (ns) => ns.open(su, '/etc', { create: true }), 'EISDIR'],
    ['a new file with a slash', (ns) => ns.open(su, '/new/', { create: true }), 'EISDIR'],
    ['a file as a directory', (ns) => ns.open(su, '/etc/conf', { directory: true }), 'ENOTDIR'],
    ['a directory for reading', (ns) => ns.open(su, '/etc'), 'ok'],
    ['a device on a read-only mount for writing', (ns) => ns.open(su, '/ro/null', { write: true }), 'ok'],
  ])('%s: %3$s', (_words, work, code) => {
    const { ns, volume } = world()
    volume.mknod(su, '/sub/null', S_IFCHR | 0o666, 0x103)
    expect(codeOf(() => work(ns))).toBe(code)
  })

  test('a symlink is not followed when one says so, or exclusively', () => {
    const { ns } = world()
    ns.symlink(su, '/tmp/target', '/tmp/link')
    expect(codeOf(() => ns.open(su, '/tmp/link', { follow: false }))).toBe('ELOOP')
    expect(codeOf(() => ns.open(su, '/tmp/link', { create: true, exclusive: true }))).toBe('EEXIST')
    ns.open(su, '/tmp/link', { create: true, write: true })
    expect(ns.lookup('/tmp/target')?.size).toBe(0)
  })

  test('an open file outlives its name', () => {
    const { ns, rootfs } = world()
    const at = ns.open(su, '/tmp/f', { create: true, write: true })
    ns.unlink(su, '/tmp/f')
    ns.write(su, at, 0, new TextEncoder().encode('still'))
    expect(new TextDecoder().decode(ns.read(at, 0, 9))).toBe('still')
    ns.release(at)
    expect(rootfs.lookupInode(at.ino)).toBeUndefined()
  })
})

describe('permissions', () => {
  test.each<[string, (ns: Namespace) => unknown, string]>([
    ['read what only root may', (ns) => ns.readFile(user, '/etc/shadow'), 'EACCES'],
    ['open it', (ns) => ns.open(user, '/etc/shadow'), 'EACCES'],
    ['write what all may read', (ns) => ns.writeFile(user, '/data/conf', ''), 'EACCES'],
    ['create in a directory of root', (ns) => ns.writeFile(user, '/etc/new', ''), 'EACCES'],
    ['create in an own one', (ns) => ns.writeFile(user, '/home/user/new', ''), 'ok'],
    ['create in /tmp', (ns) => ns.mkdir(user, '/tmp/new'), 'ok'],
    ['unlink another’s file in /tmp', (ns) => (ns.writeFile(su, '/tmp/f', ''), ns.unlink(user, '/tmp/f')), 'EPERM'],
    ['unlink an own one', (ns) => (ns.writeFile(user, '/tmp/f', ''), ns.unlink(user, '/tmp/f')), 'ok'],
    ['list a closed directory', (ns) => (ns.chmod(su, '/data', 0o711), ns.readdir(user, '/data')), 'EACCES'],
    ['walk through it', (ns) => (ns.chmod(su, '/data', 0o711), ns.readFile(user, '/data/conf')), 'ok'],
    ['walk through a shut one', (ns) => (ns.chmod(su, '/data', 0o700), ns.readFile(user, '/data/conf')), 'EACCES'],
    ['chmod of another’s file', (ns) => ns.chmod(user, '/etc/conf', 0o777), 'EPERM'],
    ['give a file away', (ns) => (ns.writeFile(user, '/tmp/f', ''), ns.chown(user, '/tmp/f', 0, 0)), 'EPERM'],
    ['give it to an own group', (ns) => (ns.writeFile(user, '/tmp/f', ''), ns.chown(user, '/tmp/f', 1000, 50)), 'ok'],
    ['touch another’s file', (ns) => ns.utimes(user, '/etc/conf', 0n, 0n), 'EACCES'],
    ['execute what nobody may', (ns) => ns.access(su, '/etc/conf', EXECUTE), 'EACCES'],
    [
      'a group’s right',
      (ns) => (ns.chmod(su, '/etc/conf', 0o060), ns.chown(su, '/etc/conf', 0, 50), ns.access(user, '/etc/conf', READ)),
      'ok',
    ],
    ['an owner’s lack of it', (ns) => (ns.writeFile(user, '/tmp/f', '', 0o044), ns.readFile(user, '/tmp/f')), 'EACCES'],
  ])('%s: %3$s', (_words, work, code) => {
    expect(codeOf(() => work(world().ns))).toBe(code)
  })

  test('mkdirp makes what is missing, across mounts', () => {
    const { ns, volume } = world()
    ns.mkdirp(su, '/data/sub/deep/er/still')
    expect(volume.readdir('/sub/deep/er')).toEqual(['still'])
    expect(codeOf(() => ns.mkdirp(su, '/etc/conf/x'))).toBe('ENOTDIR')
  })
})

test('a clone sees the file systems of its own world', () => {
  const { ns, files } = world()
  const forks = new Map([...files].map(([id, fs]) => [id, fs.fork()]))
  const clone = ns.clone(forks)
  clone.writeFile(su, '/data/new', 'there')
  clone.unlink(su, '/etc/shadow')
  expect(ns.readdir(su, '/data')).toEqual(['conf', 'sub'])
  expect(text(ns, '/etc/shadow')).toBe('secret')
  expect(text(clone, '/data/new')).toBe('there')
  expect(structuredClone(ns.mounts())).toEqual(ns.mounts())
})
