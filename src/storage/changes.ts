import type { Table } from '../core/table.ts'
import { contents, type Inode, isDirectory, isFile, links, ROOT } from './inode.ts'
import type { Snapshot } from './inode-store.ts'
import { InodeTable } from './inode-table.ts'

const MODIFIED = 0
const ADDED = 1
const DELETED = 2

/** A line of `docker diff`. */
export interface Change {
  readonly path: string
  readonly kind: typeof MODIFIED | typeof ADDED | typeof DELETED
}

/** A change with what the layer's archive needs of it. */
export interface DetailedChange extends Change {
  /** The inode that is there now. */
  readonly inode: Inode | undefined
  /** The directory it is in, now. */
  readonly directory: Inode
  /** A directory that replaced another one, and all of it is listed as added. */
  readonly opaque: boolean
}

/**
 * What `docker diff` says of `now` against `base`, in path order: 0 modified, 1 added, 2 deleted. Directories above a
 * change are modified; of a deleted directory only the topmost is listed. The cost follows the changes.
 */
export function changes(base: Snapshot, now: Snapshot): Change[] {
  return detailedChanges(base, now).map(({ path, kind }) => ({ path, kind }))
}

/** With `opaque`, a directory that replaced another one is not compared with it. */
export function detailedChanges(base: Snapshot, now: Snapshot, opaque = false): DetailedChange[] {
  if (base === now) return []
  return new Comparison(base, now, opaque).run()
}

interface Pair {
  readonly above: Pair | undefined
  readonly before: Inode | undefined
  readonly after: Inode
  readonly path: string
  /** Nothing of `before` counts: everything is listed as added. */
  readonly fresh: boolean
}

class Comparison {
  readonly #base: Snapshot
  readonly #now: Snapshot
  readonly #opaque: boolean
  /** Names that may have changed, by the inode number of their directory. */
  readonly #suspects = new Map<number, Set<string>>()
  readonly #changes = new Map<string, DetailedChange>()

  constructor(base: Snapshot, now: Snapshot, opaque: boolean) {
    this.#base = base
    this.#now = now
    this.#opaque = opaque
  }

  run(): DetailedChange[] {
    this.#findSuspects()
    const root = { before: this.#base.table.get(ROOT), after: this.#now.table.get(ROOT)!, path: '', fresh: false }
    const pending: Pair[] = [{ ...root, above: undefined }]
    for (let pair = pending.pop(); pair; pair = pending.pop()) this.#compare(pair, pending)
    return [...this.#changes.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  }

  /** Every name whose inode is not the same object as before, and the names of the directories above it. */
  #findSuspects(): void {
    const climbedBase = new Set<number>([ROOT])
    const climbedNow = new Set<number>([ROOT])
    InodeTable.diff(this.#base.table, this.#now.table, (_ino, before, after) => {
      if (before) this.#suspect(before, this.#base, climbedBase)
      if (after) this.#suspect(after, this.#now, climbedNow)
    })
  }

  #suspect(inode: Inode, { table }: Snapshot, climbed: Set<number>): void {
    for (const { parent, name } of links(inode)) {
      this.#note(parent, name)
      for (let dir = table.get(parent); dir && !climbed.has(dir.ino); dir = table.get(dir.parent)) {
        climbed.add(dir.ino)
        this.#note(dir.parent, dir.name)
      }
    }
  }

  #note(dir: number, name: string): void {
    const names = this.#suspects.get(dir)
    if (names) names.add(name)
    else this.#suspects.set(dir, new Set([name]))
  }

  #compare(pair: Pair, pending: Pair[]): void {
    for (const name of this.#names(pair)) {
      const is = this.#child(pair.after.entries, name, this.#now)
      const was = pair.fresh ? undefined : this.#child(pair.before?.entries, name, this.#base)
      if (!is && was) this.#record(pair, name, DELETED, undefined, false)
      else if (is) this.#compareChild(pair, name, was, is, pending)
    }
  }

  #compareChild(pair: Pair, name: string, was: Inode | undefined, is: Inode, pending: Pair[]): void {
    const opaque = this.#opaque && was !== undefined && was.ino !== is.ino && isDirectory(was) && isDirectory(is)
    if (!was) this.#record(pair, name, ADDED, is, false)
    else if (opaque || differs(was, is)) this.#record(pair, name, MODIFIED, is, opaque)
    // A directory may be the same object and still have changes somewhere below.
    if (!isDirectory(is) || (is === was && !this.#suspects.has(is.ino))) return
    const fresh = opaque || !was || !isDirectory(was)
    pending.push({ above: pair, before: was, after: is, path: `${pair.path}/${name}`, fresh })
  }

  /** The same directory may only differ where there is a suspect; a new one, anywhere. */
  #names({ before, after }: Pair): Iterable<string> {
    if (before?.ino === after.ino && before.entries) return this.#suspects.get(after.ino) ?? []
    return new Set([...(before?.entries?.keys() ?? []), ...after.entries!.keys()])
  }

  #child(entries: Table<number> | null | undefined, name: string, { table }: Snapshot): Inode | undefined {
    const ino = entries?.get(name)
    return ino === undefined ? undefined : table.get(ino)
  }

  #record(dir: Pair, name: string, kind: Change['kind'], inode: Inode | undefined, opaque: boolean): void {
    const path = `${dir.path}/${name}`
    this.#changes.set(path, { path, kind, inode, directory: dir.after, opaque })
    for (let pair = dir; pair.above && !this.#changes.has(pair.path); pair = pair.above) {
      const { path, after, above } = pair
      this.#changes.set(path, { path, kind: MODIFIED, inode: after, directory: above.after, opaque: false })
    }
  }
}

/** What the daemon's statDifferent looks at, and the content too, since a virtual clock may stand still. */
function differs(a: Inode, b: Inode): boolean {
  if (a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid || a.rdev !== b.rdev) return true
  if (!sameXattrs(a, b)) return true
  if (isDirectory(a)) return false
  return a.size !== b.size || !sameTime(a.mtime, b.mtime) || a.target !== b.target || !sameContent(a, b)
}

const SECOND = 1_000_000_000n

/** A time without nanoseconds has been through an archive, so only its seconds count. */
function sameTime(a: bigint, b: bigint): boolean {
  return a === b || (a / SECOND === b / SECOND && (a % SECOND === 0n || b % SECOND === 0n))
}

function sameContent(a: Inode, b: Inode): boolean {
  return a.extent === b.extent || !isFile(a) || sameBytes(contents(a), contents(b))
}

function sameXattrs(a: Inode, b: Inode): boolean {
  if (a.xattrs === b.xattrs) return true
  if (!a.xattrs || !b.xattrs || a.xattrs.size !== b.xattrs.size) return false
  return a.xattrs.entries().every(([key, value]) => {
    const other = b.xattrs!.get(key)
    return other !== undefined && sameBytes(value, other)
  })
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
