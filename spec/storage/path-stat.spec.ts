import { expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { S_IFBLK, S_IFCHR, S_IFIFO } from '../../src/storage/inode.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'
import { goFileMode, pathStat, realPath } from '../../src/storage/path-stat.ts'

const at = root(1_700_000_000_000_000_000n)

function world(): Namespace {
  const fs = new FileSystem()
  fs.mkdirp(at, '/tmp/dir')
  fs.writeFile(at, '/tmp/dir/a.txt', 'hello')
  fs.symlink(at, 'a.txt', '/tmp/dir/ln')
  fs.symlink(at, '../gone/x', '/tmp/dir/broken')
  fs.symlink(at, '/tmp', '/t')
  fs.symlink(at, 'loop', '/loop')
  return new Namespace(new Map([['r', fs]]), 'r')
}

// As recorded from Docker 28.5.2.
test.each([
  ['/tmp/dir/a.txt', { name: 'a.txt', size: 5, mode: 420, linkTarget: '' }],
  ['/tmp/dir', { name: 'dir', size: 4096, mode: 2147484141, linkTarget: '' }],
  ['/tmp/dir/', { name: 'dir', size: 4096, mode: 2147484141, linkTarget: '' }],
  ['/tmp/dir/.', { name: '.', size: 4096, mode: 2147484141, linkTarget: '' }],
  ['/tmp/dir/ln', { name: 'ln', size: 5, mode: 134218239, linkTarget: '/tmp/dir/a.txt' }],
  ['/', { name: '/', size: 4096, mode: 2147484141, linkTarget: '' }],
  ['tmp/dir/a.txt', { name: 'a.txt', size: 5, mode: 420, linkTarget: '' }],
  ['/tmp/dir/broken', { name: 'broken', size: 9, mode: 134218239, linkTarget: '/tmp/gone/x' }],
  ['/t/dir/ln', { name: 'ln', size: 5, mode: 134218239, linkTarget: '/tmp/dir/a.txt' }],
])('%s', (path, expected) => {
  expect(pathStat(world(), path)).toEqual({ ...expected, mtime: 1_700_000_000_000_000_000n })
})

test('a file with a slash behind it is refused', () => {
  expect(() => pathStat(world(), '/tmp/dir/a.txt/')).toThrow(expect.objectContaining({ code: 'ENOTDIR' }))
  expect(() => pathStat(world(), '/nope')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  expect(() => realPath(world(), '/loop')).toThrow(expect.objectContaining({ code: 'ELOOP' }))
})

test('modes in Go’s bits', () => {
  expect(
    [0o100644, 0o040755, 0o120777, S_IFIFO | 0o600, S_IFCHR | 0o666, S_IFBLK | 0o660, 0o106755, 0o041777].map(
      goFileMode,
    ),
  ).toEqual([
    0o644,
    2 ** 31 + 0o755,
    2 ** 27 + 0o777,
    2 ** 25 + 0o600,
    2 ** 26 + 2 ** 21 + 0o666,
    2 ** 26 + 0o660,
    2 ** 23 + 2 ** 22 + 0o755,
    2 ** 31 + 2 ** 20 + 0o777,
  ])
})
