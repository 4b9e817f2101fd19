import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchiveError } from '../../src/storage/archive-error.ts'
import { root } from '../../src/storage/caller.ts'
import { changes } from '../../src/storage/changes.ts'
import { diffToTar } from '../../src/storage/diff.ts'
import { digestOf } from '../../src/storage/digest.ts'
import { FileError } from '../../src/storage/file-error.ts'
import { FileSystem, type Snapshot } from '../../src/storage/file-system.ts'
import { applyLayer } from '../../src/storage/layer.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'
import { exportTar, packPath } from '../../src/storage/pack.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { unpackInto } from '../../src/storage/unpack.ts'
import { play, steps, wordsOf } from '../storage/arbitrary.ts'
import { archivable, type Line, linkGroups, listing, soundness } from '../storage/listing.ts'

const made = (all: Parameters<typeof play>[1], from = 1, base?: Snapshot): Snapshot => {
  const fs = new FileSystem(base)
  play(fs, all, from)
  return fs.snapshot()
}

/** A layer says nothing of a directory's time unless something else of it changed, and takes no attribute away. */
const kept = (lines: readonly Line[]): Line[] =>
  lines.map((line) => (/^4....$/.test(line.mode) ? { ...line, mtime: 0n, xattrs: '' } : line))

describe('layers', () => {
  test.each([false, true])('apply(diff(a, b), a) = b; opaque marks: %s', (opaque) => {
    fc.assert(
      fc.property(steps(30), steps(30), (before, after) => {
        const a = made(before)
        const b = made(after, 100, a)
        const c = new FileSystem(a)
        applyLayer(c, diffToTar(a, b, { opaque }))
        expect(kept(archivable(c.snapshot())), wordsOf(after)).toEqual(kept(archivable(b)))
        expect(soundness(c.snapshot())).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('a chain of layers is the tree they were cut from', () => {
    fc.assert(
      fc.property(fc.array(steps(15), { minLength: 1, maxLength: 5 }), (commits) => {
        const rebuilt = new FileSystem()
        let last = rebuilt.snapshot()
        commits.forEach((commit, index) => {
          const next = made(commit, 100 * index, last)
          applyLayer(rebuilt, diffToTar(last, next))
          last = next
        })
        expect(kept(archivable(rebuilt.snapshot()))).toEqual(kept(archivable(last)))
      }),
    )
  })

  test('a whole tree keeps its hard links too, as a first layer and as an export', () => {
    fc.assert(
      fc.property(steps(40), (all) => {
        const b = made(all)
        for (const tar of [diffToTar(new FileSystem().snapshot(), b), exportTar(b)]) {
          const c = new FileSystem()
          applyLayer(c, tar)
          expect(archivable(c.snapshot())).toEqual(archivable(b))
          expect(linkGroups(c.snapshot())).toEqual(linkGroups(b))
          expect(changes(b, c.snapshot())).toEqual([])
        }
      }),
    )
  })

  test('no change, no layer; some change, some layer', () => {
    fc.assert(
      fc.property(steps(20), steps(20), (before, after) => {
        const a = made(before)
        const b = made(after, 100, a)
        const found = changes(a, b)
        expect(decode(diffToTar(a, b)).map(({ name }) => `/${name.replace('.wh.', '').replace(/\/$/, '')}`)).toEqual(
          found.map(({ path }) => path),
        )
        expect(changes(b, b)).toEqual([])
      }),
    )
  })

  test('the same history makes the same digest, through any number of snapshots', () => {
    fc.assert(
      fc.property(steps(15), steps(15), fc.nat(15), (before, after, pause) => {
        const a = made(before)
        const once = digestOf(diffToTar(a, made(after, 100, a)))
        const halfway = made(after.slice(0, pause), 100, a)
        const twice = made(after.slice(pause), 100 + Math.min(pause, after.length), halfway)
        expect(digestOf(diffToTar(a, twice))).toBe(once)
      }),
    )
  })

  test('a refused layer leaves the snapshot it was to go on as it was', () => {
    fc.assert(
      fc.property(steps(15), steps(15), fc.nat(), (before, after, cut) => {
        const a = made(before)
        const lines = listing(a)
        const tar = diffToTar(a, made(after, 100, a))
        const c = new FileSystem(a)
        try {
          applyLayer(c, tar.subarray(0, cut % tar.length))
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError)
        }
        expect(listing(a)).toEqual(lines)
        expect(soundness(c.snapshot())).toEqual([])
      }),
    )
  })
})

describe('nothing leaves the root', () => {
  const part = fc.constantFrom('..', '.', '', 'a', 'b', 'l', 'etc', '.wh.a', '.wh..wh..opq', '.wh...', '.wh..wh.plnk')
  const anyPath = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'))
  const slashed = fc.tuple(fc.boolean(), anyPath).map(([absolute, path]) => (absolute ? `/${path}` : path))
  const hostile = fc
    .record({ name: slashed, type: fc.constantFrom('0', '1', '2', '5', '6', 'g', 'Z'), linkname: slashed })
    .map((fields) => tarEntry({ ...fields, body: new Uint8Array([33]) }))

  /** A namespace whose root is /jail of a larger file system. */
  function jail() {
    const fs = new FileSystem()
    for (const dir of ['/etc', '/a', '/jail/a/b', '/jail/etc']) fs.mkdirp(root(0n), dir)
    fs.writeFile(root(0n), '/etc/secret', 'secret')
    fs.symlink(root(0n), '/../../etc', '/jail/l')
    const ns = new Namespace(new Map([['fs', fs]]), 'fs', { ino: fs.need('/jail').ino })
    return { fs, ns }
  }

  const outside = (fs: FileSystem) =>
    listing(fs.snapshot()).filter(({ path }) => path !== '/jail' && !path.startsWith('/jail/'))

  test('neither by unpacking', () => {
    const members = fc.array(hostile, { minLength: 1, maxLength: 8, size: 'max' })
    fc.assert(
      fc.property(members, slashed, fc.boolean(), (entries, path, careful) => {
        const { fs, ns } = jail()
        const before = outside(fs)
        try {
          unpackInto(ns, path, encode(entries), { noOverwriteDirNonDir: careful })
        } catch (error) {
          expect(error instanceof ArchiveError || error instanceof FileError, `${error}`).toBe(true)
        }
        expect(outside(fs)).toEqual(before)
        expect(soundness(fs.snapshot())).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('nor by a layer, which only knows names below the root', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 8, size: 'max' }), (entries) => {
        const fs = new FileSystem()
        fs.mkdirp(root(0n), '/etc/a')
        try {
          applyLayer(fs, encode(entries))
        } catch (error) {
          expect(error, `${error}`).toBeInstanceOf(ArchiveError)
        }
        expect(soundness(fs.snapshot())).toEqual([])
        expect(fs.need('/').ino).toBe(1)
      }),
      { numRuns: 400 },
    )
  })

  test('nor by packing', () => {
    fc.assert(
      fc.property(slashed, (path) => {
        const { ns } = jail()
        try {
          const packed = Buffer.from(packPath(ns, path)).toString('latin1')
          expect(packed).not.toContain('secret')
        } catch (error) {
          expect(error, `${error}`).toBeInstanceOf(FileError)
        }
      }),
    )
  })
})
