import { type Caller, EXECUTE, permits, READ, WRITE } from './caller.ts'
import { FileError } from './file-error.ts'
import type { FileSystem } from './file-system.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink, S_IFDIR, S_IFREG, S_ISVTX } from './inode.ts'
import type { FileSystems, Handle } from './mount.ts'
import { MountTree, type ResolveIn, type Spot } from './mount-tree.ts'
import type { Follow } from './walk.ts'

export type { FileSystems, Handle } from './mount.ts'
export type { ResolveIn, Spot } from './mount-tree.ts'

interface Removable {
  readonly parent: Handle
  readonly name: string
  readonly node: Inode
}

export interface OpenFlags extends ResolveIn {
  readonly read?: boolean
  readonly write?: boolean
  readonly create?: boolean
  readonly exclusive?: boolean
  readonly truncate?: boolean
  /** Refuse all but directories. */
  readonly directory?: boolean
  /** Permission bits of a created file, before the umask. */
  readonly mode?: number
}

/**
 * What a process sees: a root file system and those mounted in it. Paths cross mount points both ways, permissions are
 * checked against the caller, read-only mounts refuse changes.
 */
export class Namespace extends MountTree {
  /** The same mounts over the file systems of another world. */
  clone(files: FileSystems<FileSystem>): Namespace {
    return new Namespace(files, this.mounts())
  }

  /** stat(2), or lstat(2) without `follow`. */
  stat(caller: Caller, path: string, options: ResolveIn = {}): Inode {
    return this.inode(this.need(path, options, caller))
  }

  /** access(2): refuses unless the caller may do all of `wanted`. */
  access(caller: Caller, path: string, wanted: number, options: ResolveIn = {}): void {
    const at = this.need(path, options, caller)
    if (!permits(caller, this.inode(at), wanted)) throw new FileError('EACCES', path)
    if ((wanted & WRITE) !== 0 && this.isReadOnly(at)) throw new FileError('EROFS', path)
  }

  /** open(2). The inode is held until `release`; positions and append are the process's own. */
  open(caller: Caller, path: string, flags: OpenFlags = {}): Handle {
    const { read = true, write = false, create = false, exclusive = false, truncate = false } = flags
    const spot = this.spot(path, flags.cwd ?? this.root, followFor(flags), caller)
    if (!spot.at) {
      if (!create) throw new FileError('ENOENT', path)
      if (spot.slash) throw new FileError('EISDIR', path)
      return this.#held(this.#create(caller, spot, S_IFREG | (flags.mode ?? 0o666), path))
    }
    if (create && exclusive) throw new FileError('EEXIST', path)
    const node = this.inode(spot.at)
    if (isSymlink(node)) throw new FileError('ELOOP', path)
    if (flags.directory && !isDirectory(node)) throw new FileError('ENOTDIR', path)
    if (isDirectory(node) && (write || truncate || create)) throw new FileError('EISDIR', path)
    const writes = write || truncate
    if (!permits(caller, node, (read ? READ : 0) | (writes ? WRITE : 0))) throw new FileError('EACCES', path)
    if (writes && (isFile(node) || isDirectory(node)) && this.isReadOnly(spot.at)) throw new FileError('EROFS', path)
    if (truncate && isFile(node)) this.fsOf(spot.at).truncate(caller, spot.at.ino, 0)
    return this.#held(spot.at)
  }

  hold(at: Handle): void {
    this.fsOf(at).hold(at.ino)
  }

  release(at: Handle): void {
    this.fsOf(at).release(at.ino)
  }

  read(at: Handle, position: number, length: number): Uint8Array {
    return this.fsOf(at).read(at.ino, position, length)
  }

  write(caller: Caller, at: Handle, position: number, bytes: Uint8Array): void {
    this.#writable(at).write(caller, at.ino, position, bytes)
  }

  truncate(caller: Caller, at: Handle, size: number): void {
    this.#writable(at).truncate(caller, at.ino, size)
  }

  /** The names in a directory, sorted. */
  readdir(caller: Caller, path: string, options: ResolveIn = {}): string[] {
    const at = this.need(path, options, caller)
    const node = this.inode(at)
    if (!node.entries) throw new FileError('ENOTDIR', path)
    if (!permits(caller, node, READ)) throw new FileError('EACCES', path)
    return node.entries.keys()
  }

  readFile(caller: Caller, path: string, options: ResolveIn = {}): Uint8Array {
    const at = this.need(path, options, caller)
    const node = this.inode(at)
    if (isDirectory(node)) throw new FileError('EISDIR', path)
    if (!isFile(node)) throw new FileError('EINVAL', path)
    if (!permits(caller, node, READ)) throw new FileError('EACCES', path)
    return contents(node)
  }

  /** Replaces or makes a regular file; the bytes are copied. */
  writeFile(caller: Caller, path: string, bytes: Uint8Array | string, mode = 0o666, options: ResolveIn = {}): void {
    const at = this.open(caller, path, { ...options, read: false, write: true, create: true, truncate: true, mode })
    try {
      this.write(caller, at, 0, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
    } finally {
      this.release(at)
    }
  }

  readlink(caller: Caller, path: string, options: ResolveIn = {}): string {
    const node = this.stat(caller, path, { ...options, follow: false })
    if (!isSymlink(node)) throw new FileError('EINVAL', path)
    return node.target
  }

  mkdir(caller: Caller, path: string, mode = 0o777, options: ResolveIn = {}): Handle {
    return this.#create(caller, this.#vacant(caller, path, options, true), S_IFDIR | (mode & 0o7777), path)
  }

  /** Makes a directory and those above it where they are missing. */
  mkdirp(caller: Caller, path: string, mode = 0o777, options: ResolveIn = {}): Handle {
    let at = path.startsWith('/') ? this.root : (options.cwd ?? this.root)
    for (const name of path.split('/')) {
      if (name === '') continue
      at = this.resolve(name, { cwd: at }, caller).at ?? this.mkdir(caller, name, mode, { cwd: at })
      if (!isDirectory(this.inode(at))) throw new FileError('ENOTDIR', path)
    }
    return at
  }

  mknod(caller: Caller, path: string, mode: number, rdev = 0, options: ResolveIn = {}): Handle {
    const spot = this.#vacant(caller, path, options)
    this.#alterable(caller, spot.parent, path)
    const { ino } = this.fsOf(spot.parent).mknodAt(caller, spot.parent.ino, spot.name, mode, rdev)
    return { mount: spot.parent.mount, ino }
  }

  symlink(caller: Caller, target: string, path: string, options: ResolveIn = {}): void {
    const spot = this.#vacant(caller, path, options)
    this.#alterable(caller, spot.parent, path)
    this.fsOf(spot.parent).symlinkAt(caller, spot.parent.ino, spot.name, target)
  }

  link(caller: Caller, existing: string, path: string, options: ResolveIn = {}): void {
    const at = this.need(existing, { ...options, follow: false }, caller)
    if (isDirectory(this.inode(at))) throw new FileError('EPERM', existing)
    const spot = this.#vacant(caller, path, options)
    if (spot.parent.mount !== at.mount) throw new FileError('EXDEV', path)
    this.#alterable(caller, spot.parent, path)
    this.fsOf(at).linkAt(caller, at.ino, spot.parent.ino, spot.name)
  }

  unlink(caller: Caller, path: string, options: ResolveIn = {}): void {
    const { parent, name, node } = this.#removable(caller, this.#last(caller, path, options), path)
    if (isDirectory(node)) throw new FileError('EISDIR', path)
    this.fsOf(parent).unlinkAt(caller, parent.ino, name)
  }

  rmdir(caller: Caller, path: string, options: ResolveIn = {}): void {
    const { parent, name, node } = this.#removable(caller, this.#last(caller, path, options), path)
    if (!isDirectory(node)) throw new FileError('ENOTDIR', path)
    if (node.entries!.size > 0) throw new FileError('ENOTEMPTY', path)
    this.fsOf(parent).unlinkAt(caller, parent.ino, name)
  }

  rename(caller: Caller, from: string, to: string, options: ResolveIn = {}): void {
    // As in Linux, both paths are walked before either end is looked at.
    const cwd = options.cwd ?? this.root
    const old = this.spot(from, cwd, 'never', caller)
    const target = this.spot(to, cwd, 'never', caller)
    if (old.parent.mount !== target.parent.mount) throw new FileError('EXDEV', to)
    if (target.name === '' || (target.at && target.at.mount !== target.parent.mount)) throw new FileError('EBUSY', to)
    const source = this.#removable(caller, old, from)
    if (target.slash && !isDirectory(source.node)) throw new FileError('ENOTDIR', to)
    this.#alterable(caller, target.parent, to)
    this.fsOf(source.parent).renameAt(caller, source.parent.ino, source.name, target.parent.ino, target.name)
  }

  /** Only the owner and root may. */
  chmod(caller: Caller, path: string, mode: number, options: ResolveIn = {}): void {
    const at = this.#owned(caller, path, options)
    this.fsOf(at).chmod(caller, at.ino, mode)
  }

  /** Only root may give a file away; its owner may change the group to one of their own. */
  chown(caller: Caller, path: string, uid: number, gid: number, options: ResolveIn = {}): void {
    const at = this.#owned(caller, path, options)
    const node = this.inode(at)
    const ownGroup = gid === node.gid || gid === caller.gid || (caller.groups?.includes(gid) ?? false)
    if (caller.uid !== 0 && (uid !== node.uid || !ownGroup)) throw new FileError('EPERM', path)
    this.fsOf(at).chown(caller, at.ino, uid, gid)
  }

  utimes(caller: Caller, path: string, atime: bigint, mtime: bigint, options: ResolveIn = {}): void {
    const at = this.need(path, options, caller)
    const node = this.inode(at)
    if (caller.uid !== node.uid && !permits(caller, node, WRITE)) throw new FileError('EACCES', path)
    if (this.isReadOnly(at)) throw new FileError('EROFS', path)
    this.fsOf(at).utimes(caller, at.ino, atime, mtime)
  }

  #held(at: Handle): Handle {
    this.hold(at)
    return at
  }

  #writable(at: Handle): FileSystem {
    if (this.isReadOnly(at)) throw new FileError('EROFS')
    return this.fsOf(at)
  }

  /** Refuses unless the caller may change the entries of `dir`. */
  #alterable(caller: Caller, dir: Handle, path: string): void {
    if (this.isReadOnly(dir)) throw new FileError('EROFS', path)
    if (!permits(caller, this.inode(dir), WRITE | EXECUTE)) throw new FileError('EACCES', path)
  }

  #create(caller: Caller, spot: Spot, mode: number, path: string): Handle {
    this.#alterable(caller, spot.parent, path)
    const { ino } = this.fsOf(spot.parent).create(caller, spot.parent.ino, spot.name, mode)
    return { mount: spot.parent.mount, ino }
  }

  /** A name that is to be made; only a directory's may be written with a slash. */
  #vacant(caller: Caller, path: string, { cwd = this.root }: ResolveIn, directory = false): Spot {
    const spot = this.spot(path, cwd, 'never', caller)
    if (spot.at) throw new FileError('EEXIST', path)
    if (spot.slash && !directory) throw new FileError('ENOENT', path)
    return spot
  }

  #last(caller: Caller, path: string, { cwd = this.root }: ResolveIn): Spot {
    return this.spot(path, cwd, 'never', caller)
  }

  /** A name that is to be taken away. */
  #removable(caller: Caller, { parent, name, at, node, slash }: Spot, path: string): Removable {
    if (!at || !node) throw new FileError('ENOENT', path)
    if (slash && !isDirectory(node)) throw new FileError('ENOTDIR', path)
    if (name === '' || at.mount !== parent.mount) throw new FileError('EBUSY', path)
    this.#alterable(caller, parent, path)
    const dir = this.inode(parent)
    const sticky = (dir.mode & S_ISVTX) !== 0 && caller.uid !== 0
    if (sticky && caller.uid !== node.uid && caller.uid !== dir.uid) throw new FileError('EPERM', path)
    return { parent, name, node }
  }

  #owned(caller: Caller, path: string, options: ResolveIn): Handle {
    const at = this.need(path, options, caller)
    if (caller.uid !== 0 && caller.uid !== this.inode(at).uid) throw new FileError('EPERM', path)
    if (this.isReadOnly(at)) throw new FileError('EROFS', path)
    return at
  }
}

function followFor({ create = false, exclusive = false, follow = true }: OpenFlags): Follow {
  if (!follow || (create && exclusive)) return 'slash'
  return create ? 'create' : 'always'
}
