import { expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { changedSize, treeSize } from '../../src/storage/size.ts'
import { treeFiles } from '../../src/storage/tree.ts'

const base = treeFiles({ a: 'aaaa', b: { link: 'a' }, 'd/c': 'cc', l: { symlink: 'abc' } }).snapshot()
const at = root(5_000_000_000n)

test('sizes count files and symlinks, hard links once', () => {
  expect([treeSize(base), treeSize(new FileSystem().snapshot()), changedSize(base, base)]).toEqual([9, 0, 0])
})

test('what changed is what was written, whole', () => {
  const fs = new FileSystem(base)
  fs.write(at, fs.need('/a').ino, 4, new Uint8Array(6))
  fs.removeAll(at, '/d')
  fs.writeFile(at, '/new', 'n')
  expect([changedSize(base, fs.snapshot()), treeSize(fs.snapshot())]).toEqual([11, 14])
})

test('a file that is open but removed takes no room', () => {
  const fs = new FileSystem(base)
  fs.hold(fs.need('/d/c').ino)
  fs.unlink(at, '/d/c')
  expect(treeSize(fs.snapshot())).toBe(7)
})
