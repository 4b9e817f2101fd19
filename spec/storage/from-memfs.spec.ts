import { memfs } from 'memfs'
import { expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { fromMemfs } from '../../src/storage/from-memfs.ts'
import { memfsView } from '../../src/storage/memfs-view.ts'
import { exportTar } from '../../src/storage/pack.ts'
import { linkGroups, listing, soundness } from './listing.ts'

function volume() {
  const { fs } = memfs({ '/ctx/Dockerfile': 'FROM scratch\n', '/ctx/src/a': 'a', '/ctx/empty': null, '/else': '' })
  fs.chmodSync('/ctx/src/a', 0o755)
  fs.symlinkSync('src/a', '/ctx/link')
  fs.linkSync('/ctx/src/a', '/ctx/twin')
  fs.utimesSync('/ctx/Dockerfile', 5, 6)
  return fs
}

test('a volume becomes a file system of root’s', () => {
  const files = fromMemfs(volume(), { now: 7_000_000_000n, path: '/ctx' })
  expect(listing(files.snapshot()).map(({ path, owner, mtime, what }) => `${path} ${owner} ${mtime} ${what}`)).toEqual([
    '/ 0:0 7000000000 ',
    '/Dockerfile 0:0 7000000000 FROM scratch\n',
    '/empty 0:0 7000000000 ',
    '/link 0:0 7000000000 src/a',
    '/src 0:0 7000000000 ',
    '/src/a 0:0 7000000000 a',
    '/twin 0:0 7000000000 a',
  ])
  expect(files.need('/twin').mode).toBe(0o100755)
  expect(linkGroups(files.snapshot())).toEqual([['/src/a', '/twin']])
  expect(soundness(files.snapshot())).toEqual([])
})

test('the same volume gives the same bytes at any hour', () => {
  const once = exportTar(fromMemfs(volume(), { now: 0n }).snapshot())
  expect(exportTar(fromMemfs(volume(), { now: 0n }).snapshot())).toEqual(once)
})

test('times can be kept', () => {
  const files = fromMemfs(volume(), { now: 7n, keepTimes: true })
  expect(files.need('/ctx/Dockerfile').mtime).toBe(6_000_000_000n)
})

test('the copy is a copy', () => {
  const fs = volume()
  const files = fromMemfs(fs, { now: 0n })
  fs.writeFileSync('/ctx/Dockerfile', 'changed')
  files.writeFile(root(0n), '/else', 'ours')
  expect([files.readText('/ctx/Dockerfile'), fs.readFileSync('/else', 'utf8')]).toEqual(['FROM scratch\n', ''])
})

test('a view can be read back', () => {
  const files = new FileSystem()
  const fs = memfsView(files, { now: () => 0n })
  fs.mkdirSync('/d')
  fs.writeFileSync('/d/f', 'x')
  expect(fromMemfs(fs, { now: 0n }).readText('/d/f')).toBe('x')
})
