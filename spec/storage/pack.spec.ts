import { describe, expect, test } from 'vitest'
import { ArchiveError } from '../../src/storage/archive-error.ts'
import { root } from '../../src/storage/caller.ts'
import { FileError } from '../../src/storage/file-error.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'
import { absolutePath, baseName, exportTar, packPath } from '../../src/storage/pack.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { DIRECTORY, HARD_LINK, SYMLINK, type TarEntry, tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { treeFiles } from '../../src/storage/tree.ts'
import { type UnpackOptions, unpackInto } from '../../src/storage/unpack.ts'
import { listing } from './listing.ts'

const files = () =>
  treeFiles({
    'tmp/dir/a.txt': 'hello',
    'tmp/dir/ln': { symlink: 'a.txt' },
    'tmp/dir/twin': { link: 'tmp/dir/a.txt' },
    'tmp-x': '',
    'data/below': 'hidden',
    link: { symlink: 'tmp/dir' },
  })

function world() {
  const volume = treeFiles({ 'v/file': 'volume', other: '' })
  const rootfs = files()
  const ns = new Namespace(
    new Map([
      ['root', rootfs],
      ['volume', volume],
    ]),
    'root',
  )
  ns.mount('/data', 'volume')
  return { ns, rootfs, volume }
}

const names = (tar: Uint8Array) => decode(tar).map(({ name, type }) => (type === HARD_LINK ? `${name}=` : name))
const outcome = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof ArchiveError) return error.message
    if (error instanceof FileError) return error.code
    throw error
  }
  return 'ok'
}

test('paths are made absolute as the daemon does', () => {
  expect(['/', '', '.', './', '/.', 'a/', '/a/.', '/a//b/../c', '../../x', '/a/..'].map(absolutePath)).toEqual([
    '/',
    '/',
    '/.',
    '/',
    '/.',
    '/a/',
    '/a/.',
    '/a/c',
    '/x',
    '/',
  ])
  expect(['/', '/a', '/a/b/', '/a/.', '//'].map(baseName)).toEqual(['/', 'a', 'b', '.', '/'])
})

describe('docker cp from', () => {
  test.each([
    ['/tmp/dir', ['dir/', 'dir/a.txt', 'dir/ln', 'dir/twin=']],
    ['/tmp/dir/', ['dir/', 'dir/a.txt', 'dir/ln', 'dir/twin=']],
    ['/tmp/dir/.', ['./', './a.txt', './ln', './twin=']],
    ['tmp/dir/a.txt', ['a.txt']],
    ['/tmp/../tmp/dir/a.txt', ['a.txt']],
    ['/tmp/dir/ln', ['ln']],
    ['/link', ['link']],
    ['/link/', ['link/', 'link/a.txt', 'link/ln', 'link/twin=']],
    ['/link/a.txt', ['a.txt']],
    ['/data', ['data/', 'data/other', 'data/v/', 'data/v/file']],
  ])('%s', (path, expected) => {
    expect(names(packPath(world().ns, path))).toEqual(expected)
  })

  test('the root, mounts and all', () => {
    const found = names(packPath(world().ns, '/'))
    expect(found).toEqual([
      '/',
      '/data/',
      '/data/other',
      '/data/v/',
      '/data/v/file',
      '/link',
      '/tmp/',
      '/tmp/dir/',
      '/tmp/dir/a.txt',
      '/tmp/dir/ln',
      '/tmp/dir/twin=',
      '/tmp-x',
    ])
  })

  test.each([
    ['/nope', 'ENOENT'],
    ['/tmp/dir/a.txt/', 'ENOTDIR'],
    ['/tmp/dir/a.txt/x', 'ENOTDIR'],
  ])('%s is refused with %s', (path, code) => {
    expect(outcome(() => packPath(world().ns, path))).toBe(code)
  })

  test('inodes of different file systems are not hard links of each other', () => {
    const { ns, volume, rootfs } = world()
    const twin = rootfs.need('/tmp/dir/a.txt').ino
    while (volume.snapshot().next < twin)
      volume.unlink(root(0n), volume.pathOf(volume.writeFile(root(0n), '/pad', '').ino))
    volume.writeFile(root(0n), '/x', 'x')
    volume.link(root(0n), '/x', '/y')
    expect(volume.need('/x').ino).toBe(twin)
    expect(names(packPath(ns, '/')).filter((name) => name.endsWith('='))).toEqual(['/data/y=', '/tmp/dir/twin='])
  })
})

describe('docker export', () => {
  test('has no root and no leading slash', () => {
    expect(names(exportTar(files().snapshot()))).toEqual([
      'data/',
      'data/below',
      'link',
      'tmp/',
      'tmp/dir/',
      'tmp/dir/a.txt',
      'tmp/dir/ln',
      'tmp/dir/twin=',
      'tmp-x',
    ])
    expect(names(exportTar(files().snapshot(), '/tmp'))).toEqual(['dir/', 'dir/a.txt', 'dir/ln', 'dir/twin='])
    expect(outcome(() => exportTar(files().snapshot(), '/tmp-x'))).toBe('ENOTDIR')
  })

  test('a tree deeper than any stack', () => {
    const fs = new FileSystem()
    let dir = 1
    for (let n = 0; n < 1_500; n++) dir = fs.create(root(0n), dir, 'd', 0o040755).ino
    expect(decode(exportTar(fs.snapshot())).length).toBe(1_500)
  })
})

describe('docker cp to', () => {
  const put = (path: string, entries: (Partial<TarEntry> & { name: string })[], options: UnpackOptions = {}) => {
    const { ns, rootfs, volume } = world()
    const result = outcome(() => unpackInto(ns, path, encode(entries.map(tarEntry)), options))
    return { ns, rootfs, volume, result }
  }

  test('puts members under the directory', () => {
    const { rootfs, result } = put('/tmp', [
      { name: 'dir/', type: DIRECTORY, mode: 0o700 },
      { name: 'dir/b.txt', body: new TextEncoder().encode('b'), uid: 7, mtime: 5_000_000_000n },
      { name: 'new/ln', type: SYMLINK, linkname: '../dir' },
      { name: 'hard', type: HARD_LINK, linkname: 'dir/b.txt', uid: 7, mtime: 5_000_000_000n },
    ])
    expect(result).toBe('ok')
    expect(rootfs.readdir('/tmp/dir')).toEqual(['a.txt', 'b.txt', 'ln', 'twin'])
    expect(rootfs.need('/tmp/dir').mode).toBe(0o040700)
    expect(rootfs.need('/tmp/hard')).toMatchObject({ nlink: 2, uid: 7, mtime: 5_000_000_000n })
    expect(rootfs.need('/tmp/new/ln/b.txt').uid).toBe(7)
  })

  test('through symlinks and into mounts', () => {
    expect(put('/link', [{ name: 'x' }]).rootfs.need('/tmp/dir/x').size).toBe(0)
    expect(put('/data/v', [{ name: 'x' }]).volume.need('/v/x').size).toBe(0)
    expect(put('data', [{ name: 'v/x' }]).volume.need('/v/x').size).toBe(0)
    expect(put('/', [{ name: 'data/v/x' }]).volume.need('/v/x').size).toBe(0)
  })

  test('leaves the directory itself as it was', () => {
    const { rootfs } = put('/tmp', [{ name: './', type: DIRECTORY, mode: 0o700, uid: 9 }])
    expect(rootfs.need('/tmp')).toMatchObject({ mode: 0o040755, uid: 0 })
  })

  test('owners can be overruled', () => {
    const { rootfs } = put('/tmp', [{ name: 'x', uid: 7, gid: 8 }], { chown: { uid: 1000, gid: 50 } })
    expect(rootfs.need('/tmp/x')).toMatchObject({ uid: 1000, gid: 50 })
  })

  test('members of a global header and an empty archive are nothing', () => {
    expect(put('/tmp', [{ name: 'g', type: 'g' }]).result).toBe('ok')
    const { ns } = world()
    expect(outcome(() => unpackInto(ns, '/tmp', new Uint8Array(0)))).toBe('ok')
  })

  test.each<[string, string, Partial<TarEntry> & { name: string }, UnpackOptions, string]>([
    ['no such directory', '/nope', { name: 'x' }, {}, 'ENOENT'],
    ['no directory', '/tmp-x', { name: 'x' }, {}, 'ENOTDIR'],
    ['out of it', '/tmp', { name: '../x' }, {}, '"../x" is outside of "/tmp"'],
    ['out of it by a detour', '/tmp', { name: 'a/../../x' }, {}, '"../x" is outside of "/tmp"'],
    ['an absolute name is inside', '/tmp', { name: '/../x' }, {}, 'ok'],
    [
      'a symlink out of it',
      '/tmp',
      { name: 'a/l', type: SYMLINK, linkname: '../../etc' },
      {},
      'invalid symlink "/tmp/a/l" -> "../../etc"',
    ],
    ['an absolute symlink', '/tmp', { name: 'l', type: SYMLINK, linkname: '/etc' }, {}, 'ok'],
    ['a symlink inside', '/tmp', { name: 'a/l', type: SYMLINK, linkname: '../dir' }, {}, 'ok'],
    [
      'a hard link out of it',
      '/tmp',
      { name: 'l', type: HARD_LINK, linkname: '../tmp-x' },
      {},
      'invalid hardlink "/tmp-x" -> "../tmp-x"',
    ],
    [
      'a hard link to nothing',
      '/tmp',
      { name: 'l', type: HARD_LINK, linkname: 'no' },
      {},
      'link /tmp/no /tmp/l: no such file or directory',
    ],
    [
      'a hard link between mounts',
      '/',
      { name: 'data/l', type: HARD_LINK, linkname: 'tmp-x' },
      {},
      'link /tmp-x /data/l: invalid cross-device link',
    ],
    ['a mount point', '/', { name: 'data' }, {}, 'unlinkat data: device or resource busy'],
    // As recorded from Docker 28.5.2.
    [
      'a file over a directory',
      '/tmp',
      { name: 'dir' },
      { noOverwriteDirNonDir: true },
      'cannot overwrite directory "dir" with non-directory "/tmp"',
    ],
    [
      'a directory over a file',
      '/',
      { name: 'tmp-x/', type: DIRECTORY },
      { noOverwriteDirNonDir: true },
      'cannot overwrite non-directory "tmp-x" with directory "/"',
    ],
    ['either, when nobody minds', '/', { name: 'tmp-x/', type: DIRECTORY }, {}, 'ok'],
  ])('%s', (_words, path, entry, options, expected) => {
    expect(put(path, [entry], options).result).toBe(expected)
  })

  test('a read-only mount', () => {
    const { ns, rootfs } = world()
    const readOnly = new Namespace(ns.files, 'root', { readOnly: true })
    const before = listing(rootfs.snapshot())
    expect(outcome(() => unpackInto(readOnly, '/tmp', encode([tarEntry({ name: 'x' })])))).toBe(
      'open /tmp: read-only file system',
    )
    expect(listing(rootfs.snapshot())).toEqual(before)
  })
})
