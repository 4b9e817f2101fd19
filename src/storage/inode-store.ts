import { setAttribute, setMode, setOwner, setTimes } from './attributes.ts'
import type { Caller } from './caller.ts'
import { addLink, blank, type Draft, removeLink, touch } from './draft.ts'
import { verifyName } from './entry-name.ts'
import { adopted, EMPTY, put } from './extent.ts'
import { FileError } from './file-error.ts'
import { type Inode, isDirectory, isFile, ROOT, S_IFDIR, S_IFLNK } from './inode.ts'
import { InodeTable, type Owner } from './inode-table.ts'
import { Space } from './space.ts'

/** A file system at one moment: persistent data, shared by everybody who holds it. */
export interface Snapshot {
  readonly table: InodeTable<Inode>
  /** The next free inode number. */
  readonly next: number
}

const UTF8 = new TextEncoder()

/** A file system by inode numbers: what stands below every path. */
export class InodeStore {
  #table: InodeTable<Inode>
  #next: number
  #owner: Owner = {}
  #snapshot: Snapshot | undefined
  /** How often an inode is held open: it outlives its last name until it is released. */
  readonly #held: Map<number, number>
  readonly #space = new Space()

  constructor(snapshot?: Snapshot, held: ReadonlyMap<number, number> = new Map()) {
    this.#held = new Map(held)
    this.#table = snapshot ? snapshot.table.fork() : new InodeTable()
    this.#next = snapshot?.next ?? ROOT
    this.#snapshot = snapshot
    if (!snapshot) this.#plant()
  }

  /** O(1). Two snapshots with no write between them are the same object. */
  snapshot(): Snapshot {
    if (this.#snapshot === undefined) {
      this.#owner = {}
      this.#snapshot = Object.freeze({ table: this.#table.fork(), next: this.#next })
    }
    return this.#snapshot
  }

  /** Goes back, or over, to `snapshot`. */
  restore(snapshot: Snapshot): void {
    this.#owner = {}
    this.#table = snapshot.table.fork()
    this.#next = snapshot.next
    this.#snapshot = snapshot
    this.#space.recount(this.#table)
  }

  /** Bytes that fit; `undefined`: as many as one likes. */
  get capacity(): number | undefined {
    return this.#space.capacity
  }

  /** Bytes that files take, in whole pages; 0 where there is no capacity. */
  get used(): number {
    return this.#space.used
  }

  /** From now on no more than `bytes` fit, as on a tmpfs with a size; writes beyond throw ENOSPC. */
  limit(bytes: number | undefined): void {
    this.#space.capacity = bytes
    this.#space.recount(this.#table)
  }

  protected holds(): ReadonlyMap<number, number> {
    return this.#held
  }

  lookupInode(ino: number): Inode | undefined {
    return this.#table.get(ino)
  }

  inode(ino: number): Inode {
    const inode = this.#table.get(ino)
    if (!inode) throw new FileError('EIO')
    return inode
  }

  child(dir: number, name: string): number | undefined {
    return this.inode(dir).entries?.get(name)
  }

  /** Keeps `ino` alive after its last name is gone, as an open file does. */
  hold(ino: number): void {
    this.#held.set(ino, (this.#held.get(ino) ?? 0) + 1)
  }

  release(ino: number): void {
    const left = (this.#held.get(ino) ?? 0) - 1
    if (left > 0) {
      this.#held.set(ino, left)
      return
    }
    this.#held.delete(ino)
    if (this.#table.get(ino)?.nlink === 0) this.#drop(ino)
  }

  /** A new inode under a new name; `mode` has the type bits and is masked by the caller's umask. */
  create(caller: Caller, dir: number, name: string, mode: number): Inode {
    const parent = this.#directory(dir, name)
    if (parent.entries!.has(name)) throw new FileError('EEXIST', name)
    const draft = this.#keep(blank(caller, mode, this.#owner, this.#next++, parent))
    draft.parent = dir
    draft.name = name
    this.#enter(caller, dir, name, draft.ino, draft.entries ? 1 : 0)
    return draft
  }

  symlinkAt(caller: Caller, dir: number, name: string, target: string): Inode {
    if (target === '') throw new FileError('ENOENT', name)
    const { ino } = this.create({ ...caller, umask: 0 }, dir, name, S_IFLNK | 0o777)
    const draft = this.#draft(ino)
    draft.target = target
    draft.size = UTF8.encode(target).length
    return draft
  }

  mknodAt(caller: Caller, dir: number, name: string, mode: number, rdev = 0): Inode {
    const { ino } = this.create(caller, dir, name, mode)
    const draft = this.#draft(ino)
    draft.rdev = rdev
    return draft
  }

  linkAt(caller: Caller, ino: number, dir: number, name: string): void {
    const inode = this.inode(ino)
    if (isDirectory(inode)) throw new FileError('EPERM', name)
    if (this.#directory(dir, name).entries!.has(name)) throw new FileError('EEXIST', name)
    this.#enter(caller, dir, name, ino, 0)
    const draft = this.#draft(ino)
    addLink(draft, { parent: dir, name })
    draft.nlink++
    draft.ctime = caller.now
  }

  /** Takes a name away; a directory must be empty. */
  unlinkAt(caller: Caller, dir: number, name: string): void {
    const ino = this.child(dir, name)
    if (ino === undefined) throw new FileError('ENOENT', name)
    const inode = this.inode(ino)
    if (inode.entries && inode.entries.size > 0) throw new FileError('ENOTEMPTY', name)
    this.#leave(caller, dir, name, inode.entries ? -1 : 0)
    const draft = this.#draft(ino)
    removeLink(draft, { parent: dir, name })
    draft.ctime = caller.now
    draft.nlink = inode.entries ? 0 : inode.nlink - 1
    if (draft.nlink === 0 && !this.#held.has(ino)) this.#drop(ino)
  }

  renameAt(caller: Caller, fromDir: number, from: string, toDir: number, to: string): void {
    const ino = this.child(fromDir, from)
    if (ino === undefined) throw new FileError('ENOENT', from)
    const moved = isDirectory(this.inode(ino))
    this.#directory(toDir, to)
    if (moved && this.#isInside(toDir, ino)) throw new FileError('EINVAL', to)
    const over = this.child(toDir, to)
    if (over === ino) return
    if (over !== undefined && this.#isInside(fromDir, over)) throw new FileError('ENOTEMPTY', to)
    if (over !== undefined) this.#displace(caller, toDir, to, this.inode(over), moved)
    this.#leave(caller, fromDir, from, moved ? -1 : 0)
    this.#enter(caller, toDir, to, ino, moved ? 1 : 0)
    const draft = this.#draft(ino)
    removeLink(draft, { parent: fromDir, name: from })
    addLink(draft, { parent: toDir, name: to })
    draft.ctime = caller.now
  }

  /** A view of the content, at most `length` bytes from `position`. */
  read(ino: number, position: number, length: number): Uint8Array {
    const inode = this.inode(ino)
    const from = Math.min(position, inode.size)
    inode.extent.lent = true
    return inode.extent.bytes.subarray(from, Math.min(from + length, inode.size))
  }

  write(caller: Caller, ino: number, position: number, bytes: Uint8Array): void {
    const draft = this.#file(ino)
    if (bytes.length === 0) return
    this.#space.grow(draft.size, Math.max(draft.size, position + bytes.length), draft.name)
    draft.extent = put(draft.extent, draft.size, position, bytes, this.#owner)
    draft.size = Math.max(draft.size, position + bytes.length)
    touch(draft, caller)
  }

  /** Makes `bytes` the content without copying them: nobody may change them from now on. */
  adopt(caller: Caller, ino: number, bytes: Uint8Array): void {
    const draft = this.#file(ino)
    this.#space.grow(draft.size, bytes.length, draft.name)
    draft.extent = adopted(bytes)
    draft.size = bytes.length
    touch(draft, caller)
  }

  truncate(caller: Caller, ino: number, size: number): void {
    if (size < 0) throw new FileError('EINVAL')
    const draft = this.#file(ino)
    this.#space.grow(draft.size, size, draft.name)
    if (size > draft.size) draft.extent = put(draft.extent, draft.size, size - 1, new Uint8Array(1), this.#owner)
    if (size === 0) draft.extent = EMPTY
    draft.size = size
    touch(draft, caller)
  }

  /** Sets the permission bits, the type stays. */
  chmod(caller: Caller, ino: number, mode: number): void {
    setMode(this.#draft(ino), caller, mode)
  }

  /** As Linux does, also takes the set-id bits of a file away. */
  chown(caller: Caller, ino: number, uid: number, gid: number): void {
    setOwner(this.#draft(ino), caller, uid, gid)
  }

  utimes(caller: Caller, ino: number, atime: bigint, mtime: bigint): void {
    setTimes(this.#draft(ino), caller, atime, mtime)
  }

  /** Without a value the attribute is removed. */
  setxattr(caller: Caller, ino: number, name: string, value: Uint8Array | undefined): void {
    setAttribute(this.#draft(ino), caller, name, value)
  }

  #plant(): void {
    const caller: Caller = { uid: 0, gid: 0, umask: 0o022, now: 0n }
    const draft = this.#keep(blank(caller, S_IFDIR | 0o777, this.#owner, this.#next++))
    draft.parent = ROOT
  }

  #keep(draft: Draft): Draft {
    this.#snapshot = undefined
    this.#table.set(draft.ino, draft, this.#owner)
    return draft
  }

  #drop(ino: number): void {
    const gone = this.#table.get(ino)
    if (gone && isFile(gone)) this.#space.grow(gone.size, 0, gone.name)
    this.#snapshot = undefined
    this.#table.set(ino, undefined, this.#owner)
  }

  /** The inode, for writing: a copy when anybody else may hold it. */
  #draft(ino: number): Draft {
    const inode = this.inode(ino)
    if (inode.owner !== this.#owner) return this.#keep({ ...inode, owner: this.#owner })
    this.#snapshot = undefined
    return inode as Draft
  }

  #file(ino: number): Draft {
    const inode = this.inode(ino)
    if (isDirectory(inode)) throw new FileError('EISDIR', inode.name)
    if (!isFile(inode)) throw new FileError('EINVAL', inode.name)
    return this.#draft(ino)
  }

  /** The directory that is to get the entry `name`. */
  #directory(dir: number, name: string): Inode {
    const inode = this.inode(dir)
    if (!inode.entries) throw new FileError('ENOTDIR', name)
    if (inode.nlink === 0) throw new FileError('ENOENT', name)
    verifyName(name)
    return inode
  }

  #enter(caller: Caller, dir: number, name: string, ino: number, subdirectories: number): void {
    const draft = this.#draft(dir)
    draft.entries = draft.entries!.set(name, ino)
    draft.nlink += subdirectories
    touch(draft, caller)
  }

  #leave(caller: Caller, dir: number, name: string, subdirectories: number): void {
    const draft = this.#draft(dir)
    draft.entries = draft.entries!.delete(name)
    draft.nlink += subdirectories
    touch(draft, caller)
  }

  #displace(caller: Caller, dir: number, name: string, inode: Inode, byDirectory: boolean): void {
    if (inode.entries && !byDirectory) throw new FileError('EISDIR', name)
    if (!inode.entries && byDirectory) throw new FileError('ENOTDIR', name)
    this.unlinkAt(caller, dir, name)
  }

  #isInside(dir: number, ancestor: number): boolean {
    for (let at = dir; ; at = this.inode(at).parent) {
      if (at === ancestor) return true
      if (at === ROOT) return false
    }
  }
}
