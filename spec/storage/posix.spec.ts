import * as host from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../src/storage/caller.ts'
import { FileError } from '../../src/storage/file-error.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink } from '../../src/storage/inode.ts'

/** The oracle is the kernel this runs on: the same calls in a directory of its own. */
interface Call {
  readonly words: string
  ours(fs: FileSystem): unknown
  theirs(at: (path: string) => string): unknown
}

const caller = root(0n, process.umask())
const name = fc.constantFrom('a', 'b', 'c')
const names = fc.array(fc.oneof({ weight: 8, arbitrary: name }, { weight: 1, arbitrary: fc.constant('..') }), {
  minLength: 1,
  maxLength: 4,
})
/** Ends in a real name, and never climbs above where it starts. */
const path = fc
  .tuple(names, name, fc.constantFrom('', '', '', '', '/'))
  .map(([front, last, slash]) => `/${[...(front[0] === '..' ? front.slice(1) : front), last].join('/')}${slash}`)
  .filter((each) => depthStaysPositive(each))
const bytes = fc.uint8Array({ maxLength: 20 })

function depthStaysPositive(path: string): boolean {
  let depth = 0
  return path.split('/').every((each) => each === '' || (depth += each === '..' ? -1 : 1) > 0)
}

const call = (words: string, ours: Call['ours'], theirs: Call['theirs']): Call => ({ words, ours, theirs })

const anyCall: fc.Arbitrary<Call> = fc.oneof(
  path.map((p) =>
    call(
      `mkdir ${p}`,
      (fs) => void fs.mkdir(caller, p),
      (at) => host.mkdirSync(at(p)),
    ),
  ),
  fc.tuple(path, bytes).map(([p, b]) =>
    call(
      `write ${p}`,
      (fs) => void fs.writeFile(caller, p, b),
      (at) => host.writeFileSync(at(p), b),
    ),
  ),
  fc.tuple(path, fc.nat(30)).map(([p, size]) =>
    call(
      `truncate ${p} ${size}`,
      (fs) => void fs.truncate(caller, fs.need(p).ino, size),
      (at) => host.truncateSync(at(p), size),
    ),
  ),
  fc.tuple(fc.constantFrom('a', 'b', 'c', 'a/b', 'b/c', 'c/a/b', 'a/'), path).map(([to, p]) =>
    call(
      `symlink ${to} ${p}`,
      (fs) => void fs.symlink(caller, to, p),
      (at) => host.symlinkSync(to, at(p)),
    ),
  ),
  fc.tuple(path, path).map(([a, b]) =>
    call(
      `link ${a} ${b}`,
      (fs) => fs.link(caller, a, b),
      (at) => host.linkSync(at(a), at(b)),
    ),
  ),
  fc.tuple(path, path).map(([a, b]) =>
    call(
      `rename ${a} ${b}`,
      (fs) => fs.rename(caller, a, b),
      (at) => host.renameSync(at(a), at(b)),
    ),
  ),
  path.map((p) =>
    call(
      `unlink ${p}`,
      (fs) => fs.unlink(caller, p),
      (at) => host.unlinkSync(at(p)),
    ),
  ),
  path.map((p) =>
    call(
      `rmdir ${p}`,
      (fs) => fs.rmdir(caller, p),
      (at) => host.rmdirSync(at(p)),
    ),
  ),
  path.map((p) =>
    call(
      `readdir ${p}`,
      (fs) => fs.readdir(p),
      (at) => host.readdirSync(at(p)).sort(),
    ),
  ),
  path.map((p) =>
    call(
      `read ${p}`,
      (fs) => Buffer.from(fs.readFile(p)).toString('hex'),
      (at) => host.readFileSync(at(p)).toString('hex'),
    ),
  ),
  path.map((p) =>
    call(
      `readlink ${p}`,
      (fs) => fs.readlink(p),
      (at) => host.readlinkSync(at(p)),
    ),
  ),
  fc.tuple(path, fc.constantFrom(0o700, 0o755, 0o777, 0o1777)).map(([p, mode]) =>
    call(
      `chmod ${mode.toString(8)} ${p}`,
      (fs) => fs.chmod(caller, fs.need(p).ino, mode),
      (at) => host.chmodSync(at(p), mode),
    ),
  ),
)

function answer(work: () => unknown): unknown {
  try {
    return work() ?? 'ok'
  } catch (error) {
    if (error instanceof FileError) return error.code
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return code
  }
}

function ourTree(fs: FileSystem, dir: Inode, prefix = ''): string[] {
  return (dir.entries?.entries() ?? []).flatMap(([name, ino]) => {
    const inode = fs.inode(ino)
    const what = isSymlink(inode) ? inode.target : isFile(inode) ? Buffer.from(contents(inode)).toString('hex') : ''
    const mode = isSymlink(inode) ? 'link' : inode.mode.toString(8)
    const links = isDirectory(inode) ? '' : inode.nlink
    return [`${prefix}/${name} ${mode} ${links} ${what}`, ...ourTree(fs, inode, `${prefix}/${name}`)]
  })
}

function theirTree(dir: string, prefix = ''): string[] {
  return host
    .readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const full = join(dir, name)
      const stat = host.lstatSync(full)
      const what = stat.isSymbolicLink()
        ? host.readlinkSync(full)
        : stat.isFile()
          ? host.readFileSync(full).toString('hex')
          : ''
      const mode = stat.isSymbolicLink() ? 'link' : stat.mode.toString(8)
      const links = stat.isDirectory() ? '' : stat.nlink
      const line = `${prefix}/${name} ${mode} ${links} ${what}`
      return stat.isDirectory() ? [line, ...theirTree(full, `${prefix}/${name}`)] : [line]
    })
}

const onLinux = process.platform === 'linux'
if (!onLinux) console.log(`posix.spec: the oracle is Linux, this is ${process.platform}, so nothing to compare with`)

describe.runIf(onLinux)('against the host’s own file system', () => {
  let base = ''
  let run = 0
  beforeAll(() => {
    base = host.mkdtempSync(join(tmpdir(), 'wavetank-posix-'))
  })
  afterAll(() => host.rmSync(base, { recursive: true, force: true }))

  test('the same calls have the same answers and leave the same tree', () => {
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 40, size: 'max' }), (calls) => {
        const dir = join(base, `${run++}`)
        host.mkdirSync(dir)
        const fs = new FileSystem()
        const at = (path: string) => dir + path
        const ours = calls.map((each) => `${each.words}: ${answer(() => each.ours(fs))}`)
        const theirs = calls.map((each) => `${each.words}: ${answer(() => each.theirs(at))}`)
        expect(ours).toEqual(theirs)
        expect(ourTree(fs, fs.need('/'))).toEqual(theirTree(dir))
        host.rmSync(dir, { recursive: true })
      }),
      { numRuns: 150 },
    )
  })
})
