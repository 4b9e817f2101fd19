import fc from 'fast-check'
import { type Caller, root } from '../../src/storage/caller.ts'
import { FileError } from '../../src/storage/file-error.ts'
import type { FileSystem } from '../../src/storage/file-system.ts'
import { isDirectory, isFile, makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../src/storage/inode.ts'

/** One thing done to a file system. */
export interface Step {
  readonly words: string
  run(fs: FileSystem, caller: Caller): void
}

const name = fc.constantFrom('a', 'b', 'c', 'd', 'ö', 'x-y', '.e')
/** Few names, so that steps meet. */
export const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `/${names.join('/')}`)
export const bytes = fc.uint8Array({ maxLength: 40 })
const mode = fc.constantFrom(0o644, 0o755, 0o600, 0o777, 0o4755, 0o1777, 0o2750)
const id = fc.constantFrom(0, 1, 1000, 65534, 3_000_000)

const step = (words: string, run: Step['run']): Step => ({ words, run })

/** Anything that a layer can say. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: path.map((p) => step(`mkdirp ${p}`, (fs, caller) => fs.mkdirp(caller, p))) },
  {
    weight: 6,
    arbitrary: fc.tuple(path, bytes, mode).map(([p, b, m]) =>
      step(`write ${p} ${b.length} ${m.toString(8)}`, (fs, caller) => {
        fs.mkdirp(caller, p.slice(0, p.lastIndexOf('/')))
        fs.writeFile(caller, p, b, m)
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(path, bytes).map(([p, b]) =>
      step(`append ${p} ${b.length}`, (fs, caller) => {
        const inode = fs.need(p)
        if (isFile(inode)) fs.write(caller, inode.ino, inode.size, b)
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(path, path)
      .map(([to, p]) => step(`symlink ${to} ${p}`, (fs, caller) => void fs.symlink(caller, to, p))),
  },
  { weight: 2, arbitrary: fc.tuple(path, path).map(([a, b]) => step(`link ${a} ${b}`, (fs, c) => fs.link(c, a, b))) },
  { weight: 3, arbitrary: path.map((p) => step(`rm -r ${p}`, (fs, caller) => fs.removeAll(caller, p))) },
  { weight: 2, arbitrary: path.map((p) => step(`unlink ${p}`, (fs, caller) => fs.unlink(caller, p))) },
  {
    weight: 3,
    arbitrary: fc.tuple(path, path).map(([a, b]) => step(`mv ${a} ${b}`, (fs, c) => fs.rename(c, a, b))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(path, mode)
      .map(([p, m]) => step(`chmod ${m.toString(8)} ${p}`, (fs, c) => fs.chmod(c, fs.need(p).ino, m))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, id, id)
      .map(([p, u, g]) =>
        step(`chown ${u}:${g} ${p}`, (fs, c) => fs.chown(c, fs.need(p, { follow: false }).ino, u, g)),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, bytes)
      .map(([p, b]) => step(`setxattr ${p}`, (fs, c) => fs.setxattr(c, fs.need(p).ino, 'user.k', b))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, fc.constantFrom(S_IFCHR, S_IFBLK), fc.nat(4095), fc.nat(255))
      .map(([p, type, a, b]) =>
        step(`mknod ${p} ${a} ${b}`, (fs, c) => void fs.mknod(c, p, type | 0o660, makedev(a, b))),
      ),
  },
  { weight: 1, arbitrary: path.map((p) => step(`mkfifo ${p}`, (fs, c) => void fs.mknod(c, p, S_IFIFO | 0o644))) },
  {
    weight: 2,
    arbitrary: path.map((p) =>
      step(`replace directory ${p}`, (fs, caller) => {
        if (!isDirectory(fs.need(p, { follow: false }))) return
        fs.removeAll(caller, p)
        fs.mkdirp(caller, p)
      }),
    ),
  },
)

/** A run of steps; the n-th happens n seconds after `from`. */
export const steps = (maxLength: number): fc.Arbitrary<Step[]> => fc.array(anyStep, { maxLength, size: 'max' })

/** Runs the steps; those that are refused change nothing. */
export function play(fs: FileSystem, all: readonly Step[], from: number): void {
  all.forEach((each, index) => {
    try {
      each.run(fs, root(BigInt(from + index) * 1_000_000_000n + 5n))
    } catch (error) {
      if (!(error instanceof FileError)) throw error
    }
  })
}

export const wordsOf = (all: readonly Step[]): string => all.map((each) => each.words).join('; ')
