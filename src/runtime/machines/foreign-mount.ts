import { root } from '../../storage/caller.ts'
import { detailedChanges } from '../../storage/changes.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import type { ReadableFs } from '../../storage/from-memfs.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink, S_IFMT } from '../../storage/inode.ts'

/** A caller's volume: memfs's `fs`, or another one with the same synchronous calls. */
export interface ForeignFs extends ReadableFs {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of fs differ from one maker to the next
  writeFileSync(path: string, content: any, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  mkdirSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  symlinkSync(target: string, path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  rmSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  chmodSync(path: string, mode: any): any
}

/** What was last seen of a file of the caller's. */
interface Seen {
  readonly stamp: string
  /** Wall time, milliseconds: a file that was changed so short a time before may change again without a trace. */
  readonly settled: boolean
}

const RACE_MS = 50

/** A volume of the caller's in the place of a directory of a disk: what either side writes the other one gets. */
export class ForeignMount {
  readonly disk: string
  readonly #at: string
  readonly #fs: ForeignFs
  readonly #seen = new Map<string, Seen>()
  /** The disk when both sides were last the same. */
  #last: Snapshot = new FileSystem().snapshot()

  /** `at`: the directory on the disk, without a slash at the end; the whole disk is ''. */
  constructor(disk: string, at: string, fs: ForeignFs) {
    this.disk = disk
    this.#at = at
    this.#fs = fs
  }

  /** Takes over what the caller has changed; then hands over what else is new. `wall`: milliseconds. True: the disk has changed. */
  sync(files: FileSystem, now: bigint, wall: number): boolean {
    const changed = this.#pull(files, now, wall)
    this.push(files, wall)
    return changed
  }

  /** Hands over what programs and the daemon have changed. */
  push(files: FileSystem, wall: number): void {
    const after = files.snapshot()
    if (after === this.#last) return
    for (const { path, inode } of detailedChanges(this.#last, after)) {
      if (!path.startsWith(`${this.#at}/`)) continue
      this.#give(path.slice(this.#at.length), inode, wall)
    }
    this.#last = after
  }

  #give(path: string, inode: Inode | undefined, wall: number): void {
    const there = this.#stat(path)
    if (!inode || (there && kindOf(there) !== kindOfInode(inode)))
      this.#fs.rmSync(path, { recursive: true, force: true })
    if (!inode) return this.#forget(path)
    if (isDirectory(inode)) this.#fs.mkdirSync(path, { recursive: true })
    else if (isSymlink(inode)) {
      this.#fs.rmSync(path, { force: true })
      this.#fs.symlinkSync(inode.target, path)
    } else if (isFile(inode)) {
      const bytes = contents(inode)
      if (!there || !same(this.#fs.readFileSync(path), bytes)) this.#fs.writeFileSync(path, bytes.slice())
    } else return
    if (!isSymlink(inode)) this.#fs.chmodSync(path, inode.mode & ~S_IFMT)
    this.#note(path, wall)
  }

  #pull(files: FileSystem, now: bigint, wall: number): boolean {
    const before = files.snapshot()
    const caller = root(now, 0)
    if (this.#at !== '') files.mkdirp(caller, this.#at, 0o755)
    const found = new Set<string>()
    // A list and no recursion: trees may be deeper than the stack.
    const pending = ['']
    for (let directory = pending.pop(); directory !== undefined; directory = pending.pop())
      for (const name of [...(this.#fs.readdirSync(directory || '/') as string[])].sort()) {
        const path = `${directory}/${name}`
        found.add(path)
        if (this.#take(files, path, wall, caller)) pending.push(path)
      }
    for (const path of this.#seen.keys()) {
      if (found.has(path)) continue
      this.#seen.delete(path)
      files.removeAll(caller, this.#at + path)
    }
    return files.snapshot() !== before
  }

  /** One entry of the caller's; true: it is a directory. */
  #take(files: FileSystem, path: string, wall: number, caller: ReturnType<typeof root>): boolean {
    const stats = this.#stat(path)!
    const kind = kindOf(stats)
    const known = this.#seen.get(path)
    if (known?.settled && known.stamp === stampOf(stats)) return kind === 'directory'
    const target = this.#at + path
    const there = files.lookup(target, { follow: false })
    if (there && kindOfInode(there) !== kind) files.removeAll(caller, target)
    if (kind === 'directory') files.mkdirp(caller, target, 0o755)
    else if (kind === 'link') {
      const to = String(this.#fs.readlinkSync(path))
      if (!there || there.target !== to) {
        files.removeAll(caller, target)
        files.symlink(caller, to, target)
      }
    } else if (kind === 'file') {
      const bytes = this.#fs.readFileSync(path) as Uint8Array
      if (!there || !isFile(there) || !same(contents(there), bytes)) files.writeFile(caller, target, bytes)
    } else return false
    const made = files.lookup(target, { follow: false })
    const mode = Number(stats.mode) & ~S_IFMT
    if (made && kind !== 'link' && (made.mode & ~S_IFMT) !== mode) files.chmod(caller, made.ino, mode)
    this.#note(path, wall)
    return kind === 'directory'
  }

  #note(path: string, wall: number): void {
    const stats = this.#stat(path)
    if (!stats) return
    this.#seen.set(path, { stamp: stampOf(stats), settled: wall - Number(stats.ctimeMs) > RACE_MS })
  }

  #forget(path: string): void {
    for (const known of this.#seen.keys()) if (known === path || known.startsWith(`${path}/`)) this.#seen.delete(known)
  }

  #stat(path: string): Stats | undefined {
    try {
      return this.#fs.lstatSync(path) as Stats
    } catch {
      return undefined
    }
  }
}

interface Stats {
  readonly ino: number | bigint
  readonly mode: number | bigint
  readonly size: number | bigint
  readonly mtimeMs: number | bigint
  readonly ctimeMs: number | bigint
  isDirectory(): boolean
  isFile(): boolean
  isSymbolicLink(): boolean
}

type Kind = 'directory' | 'link' | 'file' | 'other'

const kindOf = (stats: Stats): Kind =>
  stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : stats.isFile() ? 'file' : 'other'

const kindOfInode = (inode: Inode): Kind =>
  isDirectory(inode) ? 'directory' : isSymlink(inode) ? 'link' : isFile(inode) ? 'file' : 'other'

const stampOf = ({ ino, mode, size, mtimeMs, ctimeMs }: Stats) => [ino, mode, size, mtimeMs, ctimeMs].join(' ')

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at])
