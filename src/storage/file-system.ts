import type { Caller } from './caller.ts'
import { FileError } from './file-error.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink, ROOT, S_IFDIR, S_IFREG } from './inode.ts'
import { InodeStore } from './inode-store.ts'
import { type Follow, type Territory, walk } from './walk.ts'

export type { Snapshot } from './inode-store.ts'

export interface ResolveOptions {
  /** Whether a symlink as the last name is followed; true unless said otherwise. */
  readonly follow?: boolean
  /** The directory that a relative path starts from; the root unless said otherwise. */
  readonly cwd?: number
}

/** Where a path leads; without a `node` only the last name is missing. */
export interface Place {
  readonly parent: number
  readonly name: string
  readonly node: Inode | undefined
  /** The path ended in a slash. */
  readonly slash: boolean
}

/**
 * A POSIX file system in memory over a persistent inode table. The caller and the time are arguments of each change;
 * permissions are not checked here but in `Namespace`, where processes come in.
 * @example
 * const fs = new FileSystem()
 * fs.mkdirp(root(now), '/etc')
 * fs.writeFile(root(now), '/etc/hostname', bytes)
 * const fork = new FileSystem(fs.snapshot())
 */
export class FileSystem extends InodeStore {
  readonly #territory: Territory<number> = {
    root: ROOT,
    inode: (ino) => this.inode(ino),
    child: (dir, name) => this.child(dir, name),
    above: (ino) => this.inode(ino).parent,
    nameOf: (ino) => this.inode(ino).name,
  }

  /** An independent file system with the same content and the same open files. */
  fork(): FileSystem {
    const fork = new FileSystem(this.snapshot(), this.holds())
    if (this.capacity !== undefined) fork.limit(this.capacity)
    return fork
  }

  resolve(path: string, { follow = true, cwd = ROOT }: ResolveOptions = {}): Place {
    return this.#place(path, cwd, follow ? 'always' : 'slash')
  }

  #place(path: string, cwd: number, follow: Follow): Place {
    const { parent, name, at, slash } = walk(this.#territory, path, cwd, follow)
    return { parent, name, node: at === undefined ? undefined : this.inode(at), slash }
  }

  /** The inode at `path`, or undefined when no such path exists. */
  lookup(path: string, options: ResolveOptions = {}): Inode | undefined {
    try {
      return this.resolve(path, options).node
    } catch (error) {
      if (error instanceof FileError) return undefined
      throw error
    }
  }

  need(path: string, options: ResolveOptions = {}): Inode {
    const { node } = this.resolve(path, options)
    if (!node) throw new FileError('ENOENT', path)
    return node
  }

  mkdir(caller: Caller, path: string, mode = 0o777): Inode {
    const { parent, name } = this.#vacant(path, true)
    return this.create(caller, parent, name, S_IFDIR | (mode & 0o7777))
  }

  /** Makes a directory and those above it where they are missing. */
  mkdirp(caller: Caller, path: string, mode = 0o777): Inode {
    let at = this.inode(ROOT)
    let walked = ''
    for (const name of path.split('/')) {
      if (name === '') continue
      walked += `/${name}`
      at = this.lookup(walked) ?? this.mkdir(caller, walked, mode)
      if (!isDirectory(at)) throw new FileError('ENOTDIR', walked)
    }
    return at
  }

  /** Replaces or makes a regular file. The bytes are copied: see `adopt` for the other way. */
  writeFile(caller: Caller, path: string, bytes: Uint8Array | string, mode = 0o666): Inode {
    const { parent, name, node } = this.#place(path, ROOT, 'create')
    if (node && isDirectory(node)) throw new FileError('EISDIR', path)
    const { ino } = node ?? this.create(caller, parent, name, S_IFREG | (mode & 0o7777))
    this.adopt(caller, ino, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes.slice())
    return this.inode(ino)
  }

  /** A view of the content, not a copy. */
  readFile(path: string, options: ResolveOptions = {}): Uint8Array {
    const inode = this.need(path, options)
    if (isDirectory(inode)) throw new FileError('EISDIR', path)
    if (!isFile(inode)) throw new FileError('EINVAL', path)
    return contents(inode)
  }

  readText(path: string, options: ResolveOptions = {}): string {
    return new TextDecoder().decode(this.readFile(path, options))
  }

  /** The names in a directory, sorted, without `.` and `..`. */
  readdir(path: string, options: ResolveOptions = {}): string[] {
    const { entries } = this.need(path, options)
    if (!entries) throw new FileError('ENOTDIR', path)
    return entries.keys()
  }

  readlink(path: string): string {
    const inode = this.need(path, { follow: false })
    if (!isSymlink(inode)) throw new FileError('EINVAL', path)
    return inode.target
  }

  symlink(caller: Caller, target: string, path: string): Inode {
    const { parent, name } = this.#vacant(path)
    return this.symlinkAt(caller, parent, name, target)
  }

  mknod(caller: Caller, path: string, mode: number, rdev = 0): Inode {
    const { parent, name } = this.#vacant(path)
    return this.mknodAt(caller, parent, name, mode, rdev)
  }

  /** A hard link `path` to what is at `existing`; a symlink there is itself linked. */
  link(caller: Caller, existing: string, path: string): void {
    const { ino } = this.need(existing, { follow: false })
    const { parent, name } = this.#vacant(path)
    this.linkAt(caller, ino, parent, name)
  }

  unlink(caller: Caller, path: string): void {
    const { parent, name, node } = this.#occupied(path)
    if (isDirectory(node)) throw new FileError('EISDIR', path)
    this.unlinkAt(caller, parent, name)
  }

  rmdir(caller: Caller, path: string): void {
    const { parent, name, node } = this.#occupied(path)
    if (!isDirectory(node)) throw new FileError('ENOTDIR', path)
    this.unlinkAt(caller, parent, name)
  }

  /** Removes whatever is at `path`, with all below it; nothing there is fine too. Of the root, only what is in it. */
  removeAll(caller: Caller, path: string): void {
    const node = this.lookup(path, { follow: false })
    if (!node) return
    if (node.ino === ROOT) this.clear(caller, ROOT)
    else {
      const { parent, name } = this.#occupied(path)
      this.removeTree(caller, parent, name)
    }
  }

  /** Removes the entry `name` with all below it. */
  removeTree(caller: Caller, dir: number, name: string): void {
    const ino = this.child(dir, name)
    if (ino === undefined) return
    this.clear(caller, ino)
    this.unlinkAt(caller, dir, name)
  }

  /** Removes all that is in a directory. */
  clear(caller: Caller, dir: number): void {
    // A list and no recursion: trees may be deeper than the stack.
    const doomed: [dir: number, name: string][] = []
    const pending = [dir]
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      for (const [name, ino] of this.inode(at).entries?.entries() ?? []) {
        doomed.push([at, name])
        pending.push(ino)
      }
    }
    for (const [parent, name] of doomed.reverse()) this.unlinkAt(caller, parent, name)
  }

  rename(caller: Caller, from: string, to: string): void {
    // As in Linux, both paths are walked before either end is looked at.
    const old = this.#place(from, ROOT, 'never')
    const target = this.#place(to, ROOT, 'never')
    if (target.name === '') throw new FileError('EBUSY', to)
    const source = occupied(old, from)
    if (target.slash && !isDirectory(source.node)) throw new FileError('ENOTDIR', to)
    this.renameAt(caller, source.parent, source.name, target.parent, target.name)
  }

  /** An absolute path of an inode: the first one of a file with several. */
  pathOf(ino: number): string {
    let path = ''
    for (let at = this.inode(ino); at.ino !== ROOT; at = this.inode(at.parent)) path = `/${at.name}${path}`
    return path || '/'
  }

  /** A name that is to be made; only a directory's may be written with a slash. */
  #vacant(path: string, directory = false): Place {
    const place = this.#place(path, ROOT, 'never')
    if (place.node) throw new FileError('EEXIST', path)
    if (place.slash && !directory) throw new FileError('ENOENT', path)
    return place
  }

  #occupied(path: string): Occupied {
    return occupied(this.#place(path, ROOT, 'never'), path)
  }
}

type Occupied = Place & { readonly node: Inode }

/** A name that is to be taken away. */
function occupied({ parent, name, node, slash }: Place, path: string): Occupied {
  if (name === '') throw new FileError('EBUSY', path)
  if (!node) throw new FileError('ENOENT', path)
  if (slash && !isDirectory(node)) throw new FileError('ENOTDIR', path)
  return { parent, name, node, slash }
}
