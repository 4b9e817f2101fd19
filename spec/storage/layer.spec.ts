import { describe, expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { changes } from '../../src/storage/changes.ts'
import { diffToTar } from '../../src/storage/diff.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { contents } from '../../src/storage/inode.ts'
import { applyLayer } from '../../src/storage/layer.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { DIRECTORY, HARD_LINK, PAX_GLOBAL, SYMLINK, type TarEntry, tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { type Tree, treeFiles, treeLayer } from '../../src/storage/tree.ts'
import { listing } from './listing.ts'
import { refusal } from './refusal.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const at = (seconds: number) => root(BigInt(seconds) * 1_000_000_000n)
const layer = (...entries: (Partial<TarEntry> & { name: string })[]) => encode(entries.map(tarEntry))
const paths = (fs: FileSystem) => listing(fs.snapshot()).map(({ path }) => path)

const base: Tree = {
  'etc/hosts': 'localhost\n',
  'etc/conf.d/a': 'a',
  'etc/conf.d/b': 'b',
  'usr/bin/sh': { content: 'sh', mode: 0o4755, uid: 1, gid: 2 },
  bin: { symlink: 'usr/bin' },
}

describe('applying', () => {
  test('merges directories and replaces all else', () => {
    const fs = treeFiles(base)
    applyLayer(
      fs,
      layer(
        { name: 'etc/', type: DIRECTORY, mode: 0o700, uid: 5, mtime: 9_000_000_000n },
        { name: 'etc/hosts', type: DIRECTORY, mode: 0o755 },
        { name: 'etc/conf.d', body: bytes('a file now') },
      ),
    )
    expect(paths(fs)).toEqual(['/', '/bin', '/etc', '/etc/conf.d', '/etc/hosts', '/usr', '/usr/bin', '/usr/bin/sh'])
    expect(fs.need('/etc')).toMatchObject({ mode: 0o040700, uid: 5, mtime: 9_000_000_000n })
  })

  test('keeps owners, set-id bits, times, attributes, devices', () => {
    const fs = new FileSystem()
    const attribute = new Uint8Array([1, 0, 2])
    applyLayer(
      fs,
      layer(
        { name: 'su', mode: 0o6755, uid: 3, gid: 4, mtime: 1_500_000_000n, atime: 7_000_000_000n },
        { name: 'cap', xattrs: new Map([['security.capability', attribute]]) },
        { name: 'null', type: '3', mode: 0o666, devmajor: 1, devminor: 3 },
        { name: 'disk', type: '4', mode: 0o660, devmajor: 259, devminor: 65_536 },
        { name: 'pipe', type: '6', mode: 0o600 },
      ),
    )
    expect(fs.need('/su')).toMatchObject({
      mode: 0o106755,
      uid: 3,
      gid: 4,
      mtime: 1_500_000_000n,
      atime: 7_000_000_000n,
    })
    expect(fs.need('/cap').xattrs?.get('security.capability')).toEqual(attribute)
    expect(fs.need('/null')).toMatchObject({ mode: 0o020666, rdev: 0x103 })
    expect(fs.need('/disk')).toMatchObject({ mode: 0o060660, rdev: 0x10010300 })
    expect(fs.need('/pipe').mode).toBe(0o010600)
  })

  test('contents are views of the archive', () => {
    const archive = layer({ name: 'a', body: bytes('content') })
    const fs = new FileSystem()
    expect(applyLayer(fs, archive)).toEqual({ size: 7 })
    expect(contents(fs.need('/a')).buffer).toBe(archive.buffer)
  })

  test('makes the directories nobody mentions', () => {
    const fs = new FileSystem()
    applyLayer(fs, layer({ name: 'a/b/c', uid: 7 }), { now: 3n })
    expect(fs.need('/a/b')).toMatchObject({ mode: 0o040755, uid: 0, mtime: 3n })
  })

  test('goes through symlinks in the middle, inside the root only', () => {
    const fs = treeFiles({ ...base, out: { symlink: '/../../usr' } })
    applyLayer(fs, layer({ name: 'bin/ls', body: bytes('ls') }, { name: 'out/lib/x' }, { name: '../../../top' }))
    expect([fs.readText('/usr/bin/ls'), fs.need('/usr/lib/x').size, fs.need('/top').size]).toEqual(['ls', 0, 0])
    expect(fs.readlink('/bin')).toBe('usr/bin')
  })

  test('a symlink is replaced, not followed, when it is what the layer names', () => {
    const fs = treeFiles(base)
    applyLayer(fs, layer({ name: 'bin/', type: DIRECTORY, mode: 0o755 }, { name: 'bin/x' }))
    expect([fs.readdir('/bin'), fs.readdir('/usr/bin')]).toEqual([['x'], ['sh']])
  })

  test('hard links lead to what is there, in this layer or below', () => {
    const fs = treeFiles(base)
    applyLayer(
      fs,
      layer(
        { name: 'usr/bin/ash', type: HARD_LINK, linkname: 'usr/bin/sh', mode: 0o755, uid: 1, gid: 2 },
        { name: 'through', type: HARD_LINK, linkname: '/bin/sh', mode: 0o755, uid: 1, gid: 2 },
        { name: 'up', type: HARD_LINK, linkname: '../../etc/hosts' },
      ),
    )
    expect(fs.need('/usr/bin/ash')).toMatchObject({ ino: fs.need('/through').ino, nlink: 3, mode: 0o100755 })
    expect(fs.need('/up').ino).toBe(fs.need('/etc/hosts').ino)
  })

  test('AUFS hard links are resolved, and their directory is not part of the tree', () => {
    const fs = new FileSystem()
    applyLayer(
      fs,
      layer(
        { name: '.wh..wh.aufs' },
        { name: '.wh..wh.plnk/', type: DIRECTORY },
        { name: '.wh..wh.plnk/12.34', body: bytes('shared'), mode: 0o755 },
        { name: 'a', type: HARD_LINK, linkname: '.wh..wh.plnk/12.34' },
      ),
    )
    expect([paths(fs), fs.readText('/a'), fs.need('/a').mode]).toEqual([['/', '/a'], 'shared', 0o100755])
  })

  test('an archive that is empty, or has a global header, changes nothing', () => {
    const fs = treeFiles(base)
    const before = fs.snapshot()
    applyLayer(fs, new Uint8Array(0))
    applyLayer(fs, layer({ name: 'pax_global_header', type: PAX_GLOBAL }))
    expect(fs.snapshot()).toBe(before)
  })
})

describe('whiteouts', () => {
  test('take a name away, with all below it', () => {
    const fs = treeFiles(base)
    applyLayer(
      fs,
      layer({ name: 'etc/.wh.conf.d' }, { name: './.wh.bin' }, { name: 'etc/.wh.never' }, { name: 'no/.wh.x' }),
    )
    expect(paths(fs)).toEqual(['/', '/etc', '/etc/hosts', '/usr', '/usr/bin', '/usr/bin/sh'])
  })

  test('do not follow a symlink', () => {
    const fs = treeFiles(base)
    applyLayer(fs, layer({ name: '.wh.bin' }))
    expect(paths(fs)).toContain('/usr/bin/sh')
  })

  test('opaque marks take all but what the layer itself has put there', () => {
    const fs = treeFiles(base)
    applyLayer(
      fs,
      layer(
        { name: 'etc/', type: DIRECTORY },
        { name: 'etc/conf.d/', type: DIRECTORY },
        { name: 'etc/conf.d/new' },
        { name: 'etc/.wh..wh..opq' },
        { name: 'etc/late' },
      ),
    )
    expect(paths(fs).filter((path) => path.startsWith('/etc'))).toEqual([
      '/etc',
      '/etc/conf.d',
      '/etc/conf.d/new',
      '/etc/late',
    ])
  })

  test('an opaque root empties everything below', () => {
    const fs = treeFiles(base)
    applyLayer(fs, layer({ name: '.wh..wh..opq' }, { name: 'only' }))
    expect(paths(fs)).toEqual(['/', '/only'])
  })
})

describe('what is refused', () => {
  test.each<[string, Uint8Array, string]>([
    [
      'a hard link to nothing',
      layer({ name: 'l', type: HARD_LINK, linkname: 'nope' }),
      'link /nope /l: no such file or directory',
    ],
    [
      'one out of the root',
      layer({ name: 'l', type: HARD_LINK, linkname: '../../../x' }),
      'link /x /l: no such file or directory',
    ],
    [
      'one to a directory',
      layer({ name: 'l', type: HARD_LINK, linkname: 'etc' }),
      'link /etc /l: operation not permitted',
    ],
    [
      'an AUFS one without its file',
      layer({ name: 'l', type: HARD_LINK, linkname: '.wh..wh.plnk/1' }),
      'invalid aufs hardlink',
    ],
    ['an unknown type', layer({ name: 'x', type: 'Z' }), 'unhandled tar header type 90\n'],
    ['a file below a file', layer({ name: 'etc/hosts/x' }), 'mkdir /etc/hosts: not a directory'],
    [
      'a loop on the way',
      layer({ name: 'loop', type: SYMLINK, linkname: 'loop' }, { name: 'loop/x' }),
      'too many levels',
    ],
    ['a whiteout of nothing', layer({ name: 'etc/.wh.' }), 'invalid whiteout ".wh."'],
    ['a whiteout of ..', layer({ name: 'etc/.wh...' }), 'invalid whiteout ".wh..."'],
    ['an opaque mark in nothing', layer({ name: 'no/.wh..wh..opq' }), 'lstat /no: no such file or directory'],
    ['a file instead of the root', layer({ name: './', type: SYMLINK, linkname: 'x' }), 'open /: is a directory'],
    ['a name beyond all bounds', layer({ name: 'n'.repeat(300) }), 'file name too long'],
    ['a path beyond all bounds', layer({ name: `${'d/'.repeat(5000)}f` }), 'file name too long'],
    ['half an archive', layer({ name: 'a', body: bytes('content') }).subarray(0, 515), 'unexpected EOF'],
  ])('%s', (_words, tar, message) => {
    expect(refusal(() => applyLayer(treeFiles(base), tar))).toContain(message)
  })

  test('more members than allowed', () => {
    const tar = layer({ name: 'a' }, { name: 'b' })
    expect(refusal(() => applyLayer(new FileSystem(), tar, { limits: { entries: 1 } }))).toBe(
      'archive has more than 1 entries',
    )
  })
})

describe('diffToTar', () => {
  const before = treeFiles(base, { mtime: 1_000_000_000n }).snapshot()
  const members = (after: FileSystem, options = {}) =>
    decode(diffToTar(before, after.snapshot(), options)).map(({ type, name, linkname }) =>
      `${type} ${name} ${linkname}`.trim(),
    )

  test('of nothing is an empty archive', () => {
    expect(diffToTar(before, before)).toEqual(new Uint8Array(1024))
    expect(diffToTar(before, new FileSystem(before).snapshot())).toEqual(new Uint8Array(1024))
  })

  test('has parents, whiteouts and what is new, in path order', () => {
    const fs = new FileSystem(before)
    fs.writeFile(at(5), '/etc/conf.d/new', 'n')
    fs.removeAll(at(6), '/usr/bin')
    fs.link(at(7), '/etc/conf.d/new', '/zz')
    expect(members(fs)).toEqual([
      '5 etc/',
      '5 etc/conf.d/',
      '0 etc/conf.d/new',
      '5 usr/',
      '0 usr/.wh.bin',
      '1 zz etc/conf.d/new',
    ])
  })

  test('whiteouts are dated as the directory they are in', () => {
    const fs = new FileSystem(before)
    fs.unlink(root(6_700_000_000n), '/etc/hosts')
    const whiteout = decode(diffToTar(before, fs.snapshot())).find(({ name }) => name === 'etc/.wh.hosts')
    expect(whiteout).toMatchObject({ mtime: 6_000_000_000n, mode: 0, uid: 0 })
  })

  test('marks replaced directories as opaque when asked', () => {
    const fs = new FileSystem(before)
    fs.removeAll(at(5), '/etc/conf.d')
    fs.mkdir(at(5), '/etc/conf.d')
    fs.writeFile(at(5), '/etc/conf.d/b', 'B')
    expect(members(fs)).toEqual(['5 etc/', '5 etc/conf.d/', '0 etc/conf.d/.wh.a', '0 etc/conf.d/b'])
    expect(members(fs, { opaque: true })).toEqual([
      '5 etc/',
      '5 etc/conf.d/',
      '0 etc/conf.d/.wh..wh..opq',
      '0 etc/conf.d/b',
    ])
  })

  test('leaves sockets out, as tar does', () => {
    const fs = new FileSystem(before)
    fs.mknod(at(5), '/run.sock', 0o140755)
    expect([changes(before, fs.snapshot()), members(fs)]).toEqual([[{ path: '/run.sock', kind: 1 }], []])
  })

  test('the same content at another time is another layer, at the same time the same', () => {
    const make = (seconds: number) => {
      const fs = new FileSystem(before)
      fs.writeFile(at(seconds), '/f', 'x')
      return diffToTar(before, fs.snapshot())
    }
    expect(make(5)).toEqual(make(5))
    expect(make(5)).not.toEqual(make(6))
  })
})

test('ten thousand files, in one directory and in many', () => {
  const tree: Record<string, string> = {}
  for (let n = 0; n < 5_000; n++) {
    tree[`flat/${n}`] = 'x'
    tree[`deep/${n % 70}/${n}`] = 'x'
  }
  const fs = new FileSystem()
  expect(applyLayer(fs, treeLayer(tree))).toEqual({ size: 10_000 })
  expect([fs.readdir('/flat').length, fs.readdir('/deep').length]).toEqual([5_000, 70])
})
