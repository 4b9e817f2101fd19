import type { Instant } from '../../core/instant.ts'
import { type Caller, root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink, ROOT } from '../../storage/inode.ts'

/**
 * A fresh volume with what the image has at the mount point, the directory's own mode and owner included; nothing where
 * the volume has something in it, or the image has no such directory. moby: populateVolume, copyExistingContents
 */
export function copyUp(image: Snapshot, path: string, volume: Snapshot, now: Instant): Snapshot | undefined {
  const from = new FileSystem(image)
  const source = from.lookup(path)
  const to = new FileSystem(volume)
  if (!source || !isDirectory(source) || to.readdir('/').length > 0) return undefined
  const copy = new Copy(from, to, root(BigInt(now) * 1000n, 0))
  copy.directory(source, ROOT)
  return to.snapshot()
}

class Copy {
  readonly #from: FileSystem
  readonly #to: FileSystem
  readonly #caller: Caller
  /** Hard links stay links: source inode → its copy. */
  readonly #known = new Map<number, number>()

  constructor(from: FileSystem, to: FileSystem, caller: Caller) {
    this.#from = from
    this.#to = to
    this.#caller = caller
  }

  /** A list and no recursion: trees may be deeper than the stack. */
  directory(source: Inode, target: number): void {
    const made: [source: Inode, target: number][] = [[source, target]]
    for (const [directory, at] of made)
      for (const [name, ino] of directory.entries?.entries() ?? []) {
        const inode = this.#from.inode(ino)
        const copied = this.#one(inode, at, name)
        if (isDirectory(inode)) made.push([inode, copied])
      }
    // Times last: every entry changes those of its directory.
    for (const [inode, at] of made.reverse()) this.#attributes(inode, at)
  }

  #one(inode: Inode, dir: number, name: string): number {
    const known = this.#known.get(inode.ino)
    if (known !== undefined) {
      this.#to.linkAt(this.#caller, known, dir, name)
      return known
    }
    const { ino } = isSymlink(inode)
      ? this.#to.symlinkAt(this.#caller, dir, name, inode.target)
      : this.#to.mknodAt(this.#caller, dir, name, inode.mode, inode.rdev)
    if (isFile(inode)) this.#to.adopt(this.#caller, ino, contents(inode))
    if (!isDirectory(inode)) {
      if (inode.nlink > 1) this.#known.set(inode.ino, ino)
      this.#attributes(inode, ino)
    }
    return ino
  }

  #attributes(inode: Inode, ino: number): void {
    this.#to.chown(this.#caller, ino, inode.uid, inode.gid)
    if (!isSymlink(inode)) this.#to.chmod(this.#caller, ino, inode.mode)
    for (const [name, value] of inode.xattrs?.entries() ?? []) this.#to.setxattr(this.#caller, ino, name, value)
    this.#to.utimes(this.#caller, ino, inode.atime, inode.mtime)
  }
}
