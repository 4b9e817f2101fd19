import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { type Change, changes } from '../../src/storage/changes.ts'
import { FileSystem, type Snapshot } from '../../src/storage/file-system.ts'
import { treeFiles } from '../../src/storage/tree.ts'
import { play, steps, wordsOf } from './arbitrary.ts'
import { type Line, listing } from './listing.ts'

const at = (seconds: number) => root(BigInt(seconds) * 1_000_000_000n)
const base = treeFiles(
  { 'etc/hosts': 'h', 'etc/conf.d/a': 'a', 'usr/bin/sh': 'sh', 'usr/bin/ash': { link: 'usr/bin/sh' }, tmp: null },
  { mtime: 1_000_000_000n },
).snapshot()

const diffAfter = (work: (fs: FileSystem) => void): string[] => {
  const fs = new FileSystem(base)
  work(fs)
  return changes(base, fs.snapshot()).map(({ kind, path }) => `${'CAD'[kind]} ${path}`)
}

describe('docker diff', () => {
  test.each<[string, (fs: FileSystem) => unknown, string[]]>([
    ['nothing', () => {}, []],
    // As recorded from Docker 28.5.2.
    [
      'docker cp of a directory',
      (fs) => (
        fs.mkdir(at(5), '/tmp/dir'),
        fs.writeFile(at(5), '/tmp/dir/a.txt', ''),
        fs.symlink(at(5), 'a.txt', '/tmp/dir/ln')
      ),
      ['C /tmp', 'A /tmp/dir', 'A /tmp/dir/a.txt', 'A /tmp/dir/ln'],
    ],
    ['content', (fs) => fs.writeFile(at(5), '/etc/hosts', 'H'), ['C /etc', 'C /etc/hosts']],
    [
      'content, while the clock stands still',
      (fs) => fs.writeFile(at(1), '/etc/hosts', 'H'),
      ['C /etc', 'C /etc/hosts'],
    ],
    ['the same content at the same time', (fs) => fs.writeFile(at(1), '/etc/hosts', 'h'), []],
    ['a touch', (fs) => fs.utimes(at(5), fs.need('/etc/hosts').ino, 0n, 5_000_000_000n), ['C /etc', 'C /etc/hosts']],
    ['a touch within the second', (fs) => fs.utimes(at(5), fs.need('/etc/hosts').ino, 0n, 1_700_000_000n), []],
    ['a mode', (fs) => fs.chmod(at(5), fs.need('/etc').ino, 0o700), ['C /etc']],
    ['an owner', (fs) => fs.chown(at(5), fs.need('/tmp').ino, 1, 0), ['C /tmp']],
    ['an attribute', (fs) => fs.setxattr(at(5), fs.need('/tmp').ino, 'user.x', new Uint8Array(1)), ['C /tmp']],
    ['the root itself', (fs) => fs.chmod(at(5), 1, 0o700), []],
    [
      'a hard linked file, by all its names',
      (fs) => fs.writeFile(at(5), '/usr/bin/sh', 'SH'),
      ['C /usr', 'C /usr/bin', 'C /usr/bin/ash', 'C /usr/bin/sh'],
    ],
    ['a new hard link', (fs) => fs.link(at(5), '/etc/hosts', '/h'), ['A /h']],
    ['a lost hard link', (fs) => fs.unlink(at(5), '/usr/bin/sh'), ['C /usr', 'C /usr/bin', 'D /usr/bin/sh']],
    ['a removed tree, by its top', (fs) => fs.removeAll(at(5), '/etc'), ['D /etc']],
    [
      'a moved tree',
      (fs) => fs.rename(at(5), '/etc', '/opt'),
      ['D /etc', 'A /opt', 'A /opt/conf.d', 'A /opt/conf.d/a', 'A /opt/hosts'],
    ],
    [
      'a file that became a directory',
      (fs) => (fs.unlink(at(5), '/etc/hosts'), fs.mkdirp(at(5), '/etc/hosts/d')),
      ['C /etc', 'C /etc/hosts', 'A /etc/hosts/d'],
    ],
    [
      'a directory that became a file',
      (fs) => (fs.removeAll(at(5), '/etc'), fs.writeFile(at(5), '/etc', '')),
      ['C /etc'],
    ],
    ['a directory made anew', (fs) => (fs.removeAll(at(5), '/tmp'), fs.mkdir(at(5), '/tmp')), []],
    ['made and removed', (fs) => (fs.writeFile(at(5), '/tmp/x', ''), fs.unlink(at(6), '/tmp/x')), []],
    ['there and back again', (fs) => (fs.rename(at(5), '/etc', '/x'), fs.rename(at(6), '/x', '/etc')), []],
    [
      'order is that of the paths',
      (fs) => (fs.mkdirp(at(5), '/a/b'), fs.mkdirp(at(5), '/a-b')),
      ['A /a', 'A /a-b', 'A /a/b'],
    ],
  ])('%s', (_words, work, expected) => {
    expect(diffAfter(work)).toEqual([...expected].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)))
  })

  test('removed but still open files do not show', () => {
    expect(
      diffAfter((fs) => {
        fs.hold(fs.need('/etc/hosts').ino)
        fs.unlink(at(5), '/etc/hosts')
      }),
    ).toEqual(['C /etc', 'D /etc/hosts'])
  })
})

/** moby's addChanges, over the listings of both trees. */
function naive(base: Snapshot, now: Snapshot): Change[] {
  const [before, after] = [base, now].map((each) => new Map(listing(each).map((line) => [line.path, line])))
  const found = new Map<string, Change['kind']>()
  const isDirectory = (line: Line | undefined) => line !== undefined && /^4....$/.test(line.mode)
  const above = (path: string) => path.slice(0, path.lastIndexOf('/'))
  for (const [path, line] of after!) {
    const old = before!.get(path)
    if (path === '/') continue
    const wasThere = old && isDirectory(before!.get(above(path) || '/'))
    if (!wasThere) found.set(path, 1)
    else if (differs(old, line)) found.set(path, 0)
  }
  for (const path of before!.keys())
    if (!after!.has(path) && isDirectory(after!.get(above(path) || '/'))) found.set(path, 2)
  for (const path of [...found.keys()])
    for (let dir = above(path); dir !== ''; dir = above(dir)) if (!found.has(dir)) found.set(dir, 0)
  return [...found].map(([path, kind]) => ({ path, kind })).sort((a, b) => (a.path < b.path ? -1 : 1))
}

function differs(a: Line, b: Line): boolean {
  const seconds = (line: Line) => (/^4....$/.test(line.mode) ? 0n : line.mtime)
  return (
    a.mode !== b.mode || a.owner !== b.owner || a.what !== b.what || a.xattrs !== b.xattrs || seconds(a) !== seconds(b)
  )
}

describe('whatever is done', () => {
  test('changes are what the two listings say', () => {
    fc.assert(
      fc.property(steps(30), steps(30), (before, here) => {
        const fs = new FileSystem()
        play(fs, before, 1)
        const from = fs.snapshot()
        play(fs, here, 100)
        expect(changes(from, fs.snapshot()), wordsOf(here)).toEqual(naive(from, fs.snapshot()))
      }),
      { numRuns: 300 },
    )
  })

  test('also between trees that have nothing to do with each other', () => {
    fc.assert(
      fc.property(steps(20), steps(20), (one, other) => {
        const [a, b] = [new FileSystem(), new FileSystem()]
        play(a, one, 1)
        play(b, other, 1)
        expect(changes(a.snapshot(), b.snapshot())).toEqual(naive(a.snapshot(), b.snapshot()))
      }),
    )
  })
})

test('the cost follows the changes: one write among many files looks at few of them', () => {
  const fs = new FileSystem()
  for (let d = 0; d < 40; d++) {
    fs.mkdirp(at(1), `/d${d}`)
    for (let n = 0; n < 500; n++) fs.writeFile(at(1), `/d${d}/${n}`, '')
  }
  const from = fs.snapshot()
  fs.writeFile(at(2), '/d7/77', 'changed')
  let looked = 0
  const counted = (snapshot: Snapshot): Snapshot => {
    const table = snapshot.table.fork()
    const get = table.get.bind(table)
    table.get = (index) => {
      looked++
      return get(index)
    }
    return { ...snapshot, table }
  }
  expect(changes(counted(from), counted(fs.snapshot()))).toEqual([
    { path: '/d7', kind: 0 },
    { path: '/d7/77', kind: 0 },
  ])
  expect(looked).toBeLessThan(30)
})
