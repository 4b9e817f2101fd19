import { contents, type Inode, S_IFCHR, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from '../inode.ts'
import { asNode } from './node-error.ts'
import type { ViewTree } from './view-tree.ts'

/** What memfs asks of a time. */
interface Moment {
  getTime(): number
}

/** An inode as memfs's core wants it: it has no content of its own. */
export class ViewNode {
  readonly ino: number
  readonly #tree: ViewTree
  readonly #buffer: (bytes: Uint8Array) => Uint8Array

  constructor(tree: ViewTree, ino: number, buffer: (bytes: Uint8Array) => Uint8Array) {
    this.#tree = tree
    this.ino = ino
    this.#buffer = buffer
  }

  get #inode(): Inode {
    return asNode({ syscall: 'stat' }, () => this.#tree.files.inode(this.ino))
  }

  get mode(): number {
    return this.#inode.mode
  }
  get perm(): number {
    return this.#inode.mode & ~S_IFMT
  }
  get uid(): number {
    return this.#inode.uid
  }
  get gid(): number {
    return this.#inode.gid
  }
  get nlink(): number {
    return this.#inode.nlink
  }
  get rdev(): number {
    return this.#inode.rdev
  }
  get size(): number {
    return this.#inode.size
  }
  get symlink(): string {
    return this.#inode.target
  }
  get atime(): Moment {
    return moment(this.#inode.atime)
  }
  get mtime(): Moment {
    return moment(this.#inode.mtime)
  }
  get ctime(): Moment {
    return moment(this.#inode.ctime)
  }
  get btime(): Moment {
    return moment(this.#inode.ctime)
  }

  isFile(): boolean {
    return (this.mode & S_IFMT) === S_IFREG
  }
  isDirectory(): boolean {
    return (this.mode & S_IFMT) === S_IFDIR
  }
  isSymlink(): boolean {
    return (this.mode & S_IFMT) === S_IFLNK
  }
  isCharacterDevice(): boolean {
    return (this.mode & S_IFMT) === S_IFCHR
  }

  getSize(): number {
    return this.size
  }

  /** A copy: callers of readFile may do with it as they like. */
  getBuffer(): Uint8Array {
    return this.#buffer(contents(this.#inode).slice())
  }

  getString(): string {
    return new TextDecoder().decode(contents(this.#inode))
  }

  read(into: Uint8Array, offset = 0, length = into.byteLength, position = 0): number {
    const part = this.#tree.files.read(this.ino, position, Math.min(length, into.byteLength - offset))
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(part, offset)
    return part.length
  }

  write(bytes: Uint8Array, offset = 0, length = bytes.length, position = 0): number {
    const part = bytes.subarray(offset, offset + length)
    this.#tree.change({ syscall: 'write' }, (files, caller) => files.write(caller, this.ino, position, part))
    return part.length
  }

  setBuffer(bytes: Uint8Array): void {
    const copy = Uint8Array.from(bytes)
    this.#tree.change({ syscall: 'write' }, (files, caller) => files.adopt(caller, this.ino, copy))
  }

  setString(text: string): void {
    this.setBuffer(new TextEncoder().encode(text))
  }

  truncate(length = 0): void {
    const size = Math.max(0, length)
    this.#tree.change({ syscall: 'ftruncate' }, (files, caller) => files.truncate(caller, this.ino, size))
  }

  chmod(mode: number): void {
    this.#tree.change({ syscall: 'chmod' }, (files, caller) => files.chmod(caller, this.ino, mode))
  }

  chown(uid: number, gid: number): void {
    this.#tree.change({ syscall: 'chown' }, (files, caller) => files.chown(caller, this.ino, uid, gid))
  }

  // The view is root's.
  canRead(): boolean {
    return true
  }
  canWrite(): boolean {
    return true
  }
  canExecute(): boolean {
    return true
  }
}

const moment = (nanos: bigint): Moment => ({ getTime: () => Number(nanos / 1_000_000n) })
