import { expect, test } from 'vitest'
import { digestOf } from '../../src/storage/digest.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { type Tree, treeFiles, treeLayer, treeMembers } from '../../src/storage/tree.ts'
import { listing } from './listing.ts'

const tree: Tree = {
  'usr/bin/awk': { link: '/usr/bin/busybox' },
  'usr/bin/busybox': { content: 'ELF', mode: 0o755 },
  'etc/passwd': 'root:x:0:0\n',
  '/tmp/': { mode: 0o1777 },
  bin: { symlink: 'usr/bin' },
  'dev/null': { device: { type: 'character', major: 1, minor: 3 }, mode: 0o666 },
  'run/pipe': { fifo: true },
  'home/user': null,
  'home/user/.profile': { content: new Uint8Array([1]), uid: 1000, gid: 1000, mtime: 5_000_000_000n },
  'bin/': { symlink: 'ignored: a slash makes it a directory' },
}

test('a tree becomes a layer: parents first, hard links last', () => {
  const { bin: _, ...rest } = tree
  expect(treeMembers({ ...rest, sbin: { symlink: 'usr/bin' } }).map(({ name, type }) => `${type} ${name}`)).toEqual([
    '5 bin/',
    '5 dev/',
    '3 dev/null',
    '5 etc/',
    '0 etc/passwd',
    '5 home/',
    '5 home/user/',
    '0 home/user/.profile',
    '5 run/',
    '6 run/pipe',
    '2 sbin',
    '5 tmp/',
    '5 usr/',
    '5 usr/bin/',
    '0 usr/bin/busybox',
    '1 usr/bin/awk',
  ])
})

test('and a file system', () => {
  const fs = treeFiles({ 'a/b': 'x', 'a/c': { link: 'a/b' }, 'tmp/': { mode: 0o1777 } }, { mtime: 7_000_000_000n })
  expect(listing(fs.snapshot()).map(({ path, mode, mtime, what }) => `${path} ${mode} ${mtime} ${what}`)).toEqual([
    '/ 40755 7000000000 ',
    '/a 40755 7000000000 ',
    '/a/b 100644 7000000000 x',
    '/a/c 100644 7000000000 x',
    '/tmp 41777 7000000000 ',
  ])
  expect(fs.need('/a/b').nlink).toBe(2)
})

test('the order in which it is written down does not matter', () => {
  const backwards = Object.fromEntries(
    Object.entries(tree)
      .reverse()
      .filter(([path]) => path !== 'bin'),
  )
  const { bin: _, ...forwards } = tree
  expect(digestOf(treeLayer(backwards))).toBe(digestOf(treeLayer(forwards)))
  expect(decode(treeLayer({}))).toEqual([])
})
