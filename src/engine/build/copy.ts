import type { Caller } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { compressionOf, decompress } from '../../storage/gzip/decompress.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink } from '../../storage/inode.ts'
import { applyLayer } from '../../storage/layer.ts'
import type { CopySource } from './copy-sources.ts'

/** Where COPY and ADD put things, and how. */
export interface Copying {
  /** Absolute. */
  readonly into: string
  /** The destination was written with a slash at its end. */
  readonly intoDirectory: boolean
  /** ADD unpacks archives. */
  readonly unpacks: boolean
  /** Undefined keeps those of the source. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** Permission bits; undefined keeps those of the source. */
  readonly mode: number | undefined
  readonly caller: Caller
}

/** What COPY and ADD make of a file system. moby: builder/dockerfile/copy.go performCopyForInfo */
export function copyInto(base: Snapshot, sources: readonly CopySource[], copying: Copying): Snapshot {
  const target = new FileSystem(base)
  for (const source of sources) place(new Copy(source.files, target, copying), source)
  return target.snapshot()
}

function place(copy: Copy, { files, path, downloaded }: CopySource): void {
  const { target, copying } = copy
  const { into, intoDirectory, unpacks } = copying
  const node = files.need(`/${path}`)
  if (isDirectory(node)) return copy.tree(`/${path}`, into)
  if (unpacks && !downloaded && isFile(node) && isArchive(contents(node))) return unpack(copy, contents(node))
  const existing = target.lookup(into)
  const inside = intoDirectory || (existing !== undefined && isDirectory(existing))
  copy.file(`/${path}`, inside ? below(into, path.slice(path.lastIndexOf('/') + 1)) : into)
}

/** A tar, plain or compressed, is unpacked by ADD. */
function isArchive(bytes: Uint8Array): boolean {
  try {
    const plain = compressionOf(bytes) === 'none' ? bytes : decompress(bytes)
    return plain.length >= 512 && String.fromCharCode(...plain.subarray(257, 262)) === 'ustar'
  } catch {
    return false
  }
}

/** Owners and modes are those of the archive. */
function unpack({ target, copying }: Copy, archive: Uint8Array): void {
  const inner = new FileSystem()
  applyLayer(inner, decompress(archive))
  target.mkdirp(copying.caller, copying.into, 0o755)
  const copy = new Copy(inner, target, { ...copying, owner: undefined, mode: undefined })
  for (const name of inner.readdir('/')) copy.entry(`/${name}`, below(copying.into, name))
}

const below = (directory: string, name: string) => `${directory === '/' ? '' : directory}/${name}`

/** From one file system to another. */
class Copy {
  readonly source: FileSystem
  readonly target: FileSystem
  readonly copying: Copying

  constructor(source: FileSystem, target: FileSystem, copying: Copying) {
    this.source = source
    this.target = target
    this.copying = copying
  }

  /** What is in a directory. */
  tree(from: string, to: string): void {
    this.#parents(to)
    if (!this.target.lookup(to)) this.#makeDirectory(to)
    for (const name of this.source.readdir(from)) this.entry(below(from, name), below(to, name))
  }

  entry(from: string, to: string): void {
    const { source, target } = this
    const { caller } = this.copying
    const node = source.need(from, { follow: false })
    if (!isDirectory(node)) return this.file(from, to)
    const there = target.lookup(to, { follow: false })
    if (there && !isDirectory(there)) target.removeAll(caller, to)
    if (!there || !isDirectory(there)) target.mkdir(caller, to, node.mode & 0o7777)
    for (const name of source.readdir(from)) this.entry(`${from}/${name}`, `${to}/${name}`)
    this.#dress(to, node)
  }

  file(from: string, to: string): void {
    const { target } = this
    const { caller } = this.copying
    const node = this.source.need(from, { follow: false })
    this.#parents(to)
    target.removeAll(caller, to)
    if (isSymlink(node)) target.symlink(caller, node.target, to)
    else {
      const { ino } = target.writeFile(caller, to, '', node.mode & 0o777)
      target.adopt(caller, ino, isFile(node) ? contents(node) : new Uint8Array())
    }
    this.#dress(to, node)
  }

  #parents(path: string): void {
    const above = path.slice(0, path.lastIndexOf('/'))
    if (above === '' || this.target.lookup(above)) return
    this.#parents(above)
    this.#makeDirectory(above)
  }

  #makeDirectory(path: string): void {
    const { caller, owner } = this.copying
    const { ino } = this.target.mkdir(caller, path, 0o755)
    if (owner) this.target.chown(caller, ino, owner.uid, owner.gid)
  }

  #dress(path: string, node: Inode): void {
    const { target } = this
    const { caller, owner, mode } = this.copying
    const { ino } = target.need(path, { follow: false })
    target.chown(caller, ino, owner?.uid ?? node.uid, owner?.gid ?? node.gid)
    if (!isSymlink(node)) target.chmod(caller, ino, mode ?? node.mode & 0o7777)
    target.utimes(caller, ino, node.mtime, node.mtime)
  }
}
