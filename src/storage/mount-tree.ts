import { type Caller, EXECUTE, permits } from './caller.ts'
import { FileError } from './file-error.ts'
import type { FileSystem } from './file-system.ts'
import { type Inode, isDirectory, ROOT } from './inode.ts'
import { coverKey, type FileSystems, type Handle, type Mount, type MountOptions, rootMount } from './mount.ts'
import { type Follow, type Territory, walk } from './walk.ts'

export interface ResolveIn {
  /** Whether a symlink as the last name is followed; true unless said otherwise. */
  readonly follow?: boolean
  /** The directory that a relative path starts from; the root unless said otherwise. */
  readonly cwd?: Handle | undefined
}

/** Where a path leads; without a `node` only the last name is missing. */
export interface Spot {
  readonly parent: Handle
  readonly name: string
  readonly at: Handle | undefined
  readonly node: Inode | undefined
  readonly slash: boolean
}

/** File systems hung over names of each other, and how to find the way through them. */
export class MountTree {
  readonly files: FileSystems<FileSystem>
  #mounts: Mount[]
  readonly #covers = new Map<string, number>()

  constructor(files: FileSystems<FileSystem>, root: string | readonly Mount[], options: MountOptions = {}) {
    this.files = files
    this.#mounts = typeof root === 'string' ? [rootMount(root, options)] : [...root]
    this.#mounts.forEach((mount, index) => {
      if (mount.over) this.#covers.set(coverKey(mount.over.parent, mount.over.name), index)
    })
  }

  /** Plain data: with a table of file systems it makes the namespace again. */
  mounts(): readonly Mount[] {
    return this.#mounts
  }

  /** Where absolute paths start. */
  get root(): Handle {
    return { mount: 0, ino: this.#mounts[0]!.ino }
  }

  /** Hangs a file system over an existing path; file over file, directory over directory. */
  mount(path: string, fs: string, { ino = ROOT, readOnly = false, label }: MountOptions = {}): void {
    const { parent, name, node } = this.resolve(path)
    if (!node) throw new FileError('ENOENT', path)
    if (name === '') throw new FileError('EBUSY', path)
    const shown = this.#store(fs).inode(ino)
    if (isDirectory(node) !== isDirectory(shown)) throw new FileError('ENOTDIR', path)
    this.#covers.set(coverKey(parent, name), this.#mounts.length)
    this.#mounts = [...this.#mounts, { at: path, fs, ino, readOnly, label, over: { parent, name } }]
  }

  fsOf(at: Handle): FileSystem {
    return this.#store(this.#mountOf(at).fs)
  }

  /** The id of the file system that `at` is in: two handles with the same id and inode are the same file. */
  fsIdOf(at: Handle): string {
    return this.#mountOf(at).fs
  }

  isReadOnly(at: Handle): boolean {
    return this.#mountOf(at).readOnly
  }

  inode(at: Handle): Inode {
    return this.fsOf(at).inode(at.ino)
  }

  /** With a caller, each directory on the way must let it search. */
  resolve(path: string, { follow = true, cwd = this.root }: ResolveIn = {}, caller?: Caller): Spot {
    return this.spot(path, cwd, follow ? 'always' : 'slash', caller)
  }

  /** `resolve` with every way to treat the last name. */
  protected spot(path: string, cwd: Handle, follow: Follow, caller?: Caller): Spot {
    const found = walk(this.#territory(caller), path, cwd, follow)
    return { node: found.at && this.inode(found.at), ...found }
  }

  lookup(path: string, options: ResolveIn = {}): Inode | undefined {
    try {
      return this.resolve(path, options).node
    } catch (error) {
      if (error instanceof FileError) return undefined
      throw error
    }
  }

  /** The handle of what is at `path`. */
  need(path: string, options: ResolveIn = {}, caller?: Caller): Handle {
    const { at } = this.resolve(path, options, caller)
    if (!at) throw new FileError('ENOENT', path)
    return at
  }

  /** What `name` in the directory `dir` leads to, mounts included; symlinks are not followed. */
  child(dir: Handle, name: string): Handle | undefined {
    const ino = this.inode(dir).entries?.get(name)
    if (ino === undefined) return undefined
    return this.#uncovered(dir, name, ino)
  }

  /** The absolute path of a place, as getcwd(2) gives it. */
  pathOf(at: Handle): string {
    const territory = this.#territory()
    let path = ''
    while (territory.nameOf(at) !== '') {
      path = `/${territory.nameOf(at)}${path}`
      at = territory.above(at)
    }
    return path || '/'
  }

  #store(id: string): FileSystem {
    const fs = this.files.get(id)
    if (!fs) throw new FileError('EIO', id)
    return fs
  }

  #mountOf(at: Handle): Mount {
    return this.#mounts[at.mount]!
  }

  /** The place that shows under a name: what is mounted over it, if anything. */
  #uncovered(parent: Handle, name: string, ino: number): Handle {
    const mount = this.#covers.size === 0 ? undefined : this.#covers.get(coverKey(parent, name))
    return mount === undefined ? { mount: parent.mount, ino } : { mount, ino: this.#mounts[mount]!.ino }
  }

  #territory(caller?: Caller): Territory<Handle> {
    return {
      root: this.root,
      inode: (at) => this.inode(at),
      child: (at, name) => this.child(at, name),
      above: (at) => this.#above(at),
      nameOf: (at) => this.#nameOf(at),
      enter: (at, path) => {
        if (caller && !permits(caller, this.inode(at), EXECUTE)) throw new FileError('EACCES', path)
      },
    }
  }

  #above(at: Handle): Handle {
    const mount = this.#mountOf(at)
    if (at.ino !== mount.ino) return { mount: at.mount, ino: this.inode(at).parent }
    return mount.over ? mount.over.parent : at
  }

  #nameOf(at: Handle): string {
    const mount = this.#mountOf(at)
    return at.ino === mount.ino ? (mount.over?.name ?? '') : this.inode(at).name
  }
}
