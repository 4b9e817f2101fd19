import { ArchiveError } from './archive-error.ts'
import { type Caller, root } from './caller.ts'
import { FileError, strerror } from './file-error.ts'
import type { FileSystem } from './file-system.ts'
import { type Inode, isDirectory, isSymlink, makedev, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFREG } from './inode.ts'
import type { Handle, Namespace } from './mount-namespace.ts'
import { baseName } from './pack.ts'
import {
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  FIFO,
  HARD_LINK,
  REGULAR,
  SYMLINK,
  type TarEntry,
} from './tar/tar-entry.ts'

export interface ExtractOptions {
  /** Nanoseconds since the epoch: the time of everything whose time the archive does not say. */
  readonly now?: bigint
  /** Refuse to put a directory in the place of something else and the other way round. */
  readonly noOverwriteDirNonDir?: boolean
  /** Owner of everything extracted, whatever the archive says. */
  readonly chown?: { readonly uid: number; readonly gid: number }
}

const PATH_MAX = 4096

/** What Go calls the system call that makes a member. */
const CALLS: Readonly<Record<string, string>> = {
  [DIRECTORY]: 'mkdir',
  [SYMLINK]: 'symlink',
  [HARD_LINK]: 'link',
  [CHARACTER_DEVICE]: 'mknod',
  [BLOCK_DEVICE]: 'mknod',
  [FIFO]: 'mknod',
}

/** Puts members of an archive under a directory, as the daemon's archive package does. Nothing leaves the root. */
export class Extraction {
  readonly ns: Namespace
  readonly caller: Caller
  readonly #top: Handle
  readonly #topPath: string
  readonly #options: ExtractOptions
  /** Directories by cleaned path; forgotten whenever something is removed. */
  readonly #known = new Map<string, Handle>()
  readonly #dated: [path: string, entry: TarEntry][] = []

  constructor(ns: Namespace, top: Handle, topPath: string, options: ExtractOptions) {
    this.ns = ns
    this.#top = top
    this.#topPath = topPath
    this.#options = options
    this.caller = root(options.now ?? 0n, 0)
  }

  /** Makes one member; `path` is its cleaned name. */
  add(path: string, entry: TarEntry): void {
    if (path.length >= PATH_MAX) throw refusal('lstat', this.shown(path), new FileError('ENAMETOOLONG'))
    if (path === '') {
      this.#addTop(entry)
      return
    }
    const dir = this.directory(above(path))
    const name = baseName(path)
    const existing = this.ns.child(dir, name)
    const merges = existing && this.#clear(dir, name, existing, entry, path)
    const at = merges ? existing : this.#make(dir, name, entry, path)
    this.#dress(at, entry)
    if (entry.type === DIRECTORY) this.#dated.push([path, entry])
  }

  /** The directory at a cleaned path, made with root's ownership where it is missing. */
  directory(path: string): Handle {
    if (path === '') return this.#top
    const known = this.#known.get(path)
    if (known) return known
    const parent = this.directory(above(path))
    const name = baseName(path)
    const made = this.#try('mkdir', path, () => {
      const { at } = this.ns.resolve(name, { cwd: parent })
      if (at && !isDirectory(this.ns.inode(at))) throw new FileError('ENOTDIR')
      return at ?? this.ns.mkdir(this.caller, name, 0o755, { cwd: parent })
    })
    this.#known.set(path, made)
    return made
  }

  /** Removes what is at a cleaned path, if anything. */
  remove(path: string): void {
    const dir = this.lookupDirectory(above(path))
    if (dir) this.removeEntry(dir, baseName(path))
  }

  removeEntry(dir: Handle, name: string): void {
    const at = this.ns.child(dir, name)
    if (!at) return
    if (at.mount !== dir.mount) throw refusal('unlinkat', name, new FileError('EBUSY'))
    this.#known.clear()
    this.#fs(dir).removeTree(this.caller, dir.ino, name)
  }

  lookupDirectory(path: string): Handle | undefined {
    const at = path === '' ? this.#top : this.#resolved(path)
    return at && isDirectory(this.ns.inode(at)) ? at : undefined
  }

  /** Directories get their times last, since what is put into them changes them. */
  finish(): void {
    for (const [path, entry] of this.#dated) {
      const at = this.lookupDirectory(path)
      if (at) this.#date(at, entry)
    }
  }

  shown(path: string): string {
    return this.#topPath === '/' ? `/${path}` : `${this.#topPath}/${path}`
  }

  #resolved(path: string): Handle | undefined {
    try {
      return this.ns.resolve(path, { cwd: this.#top, follow: false }).at
    } catch (error) {
      if (error instanceof FileError) return undefined
      throw error
    }
  }

  #addTop(entry: TarEntry): void {
    if (entry.type !== DIRECTORY) throw refusal('open', this.#topPath, new FileError('EISDIR'))
    this.#dress(this.#top, entry)
    this.#dated.push(['', entry])
  }

  /** Clears the place for a member; true when a directory is there that it only changes. */
  #clear(dir: Handle, name: string, existing: Handle, entry: TarEntry, path: string): boolean {
    const was = isDirectory(this.ns.inode(existing))
    const is = entry.type === DIRECTORY
    if (this.#options.noOverwriteDirNonDir && was !== is) throw wrongKind(path, this.#topPath, was)
    if (was && is) return true
    this.removeEntry(dir, name)
    return false
  }

  #make(dir: Handle, name: string, entry: TarEntry, path: string): Handle {
    const linked = entry.type === HARD_LINK ? this.shown(clamp(entry.linkname)) : entry.linkname
    const call = entry.type in CALLS ? `${CALLS[entry.type]}${linked && ` ${linked}`}` : 'open'
    return this.#try(call, path, () => ({
      mount: dir.mount,
      ino: this.#create(this.#fs(dir), dir.ino, name, entry, path).ino,
    }))
  }

  #try<T>(call: string, path: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (error instanceof FileError) throw refusal(call, this.shown(path), error)
      throw error
    }
  }

  #create(fs: FileSystem, dir: number, name: string, entry: TarEntry, path: string): Inode {
    const { caller } = this
    const device = makedev(entry.devmajor, entry.devminor)
    switch (entry.type) {
      case DIRECTORY:
        return fs.create(caller, dir, name, S_IFDIR | 0o755)
      case REGULAR:
        return this.#file(fs, dir, name, entry)
      case SYMLINK:
        this.#checkLink('symlink', path, entry)
        return fs.symlinkAt(caller, dir, name, entry.linkname)
      case HARD_LINK:
        return this.#hardLink(fs, dir, name, entry, path)
      case CHARACTER_DEVICE:
        return fs.mknodAt(caller, dir, name, S_IFCHR, device)
      case BLOCK_DEVICE:
        return fs.mknodAt(caller, dir, name, S_IFBLK, device)
      case FIFO:
        return fs.mknodAt(caller, dir, name, S_IFIFO)
      default:
        throw new ArchiveError(`unhandled tar header type ${entry.type.charCodeAt(0)}\n`)
    }
  }

  #file(fs: FileSystem, dir: number, name: string, entry: TarEntry): Inode {
    const inode = fs.create(this.caller, dir, name, S_IFREG | 0o600)
    fs.adopt(this.caller, inode.ino, entry.body)
    return inode
  }

  #hardLink(fs: FileSystem, dir: number, name: string, entry: TarEntry, path: string): Inode {
    this.#checkLink('hardlink', path, entry)
    const target = this.#resolved(clamp(entry.linkname) || '.')
    if (!target) throw new FileError('ENOENT')
    if (this.ns.fsOf(target) !== fs) throw new FileError('EXDEV')
    fs.linkAt(this.caller, target.ino, dir, name)
    return fs.inode(target.ino)
  }

  /** Refuses links that name something outside of the directory, as the daemon does; in the root, `..` is the root. */
  #checkLink(kind: 'symlink' | 'hardlink', path: string, { linkname }: TarEntry): void {
    if (this.#topPath === '/') return
    const from = kind === 'symlink' ? above(path) : ''
    if (!cleanName(`${from}/${linkname}`.replace(/^\/+/, '')).startsWith('..')) return
    const target = `/${clamp(`${this.#topPath}/${from}/${linkname}`)}`
    throw new ArchiveError(`invalid ${kind} "${kind === 'symlink' ? this.shown(path) : target}" -> "${linkname}"`)
  }

  #fs(at: Handle): FileSystem {
    if (this.ns.isReadOnly(at)) throw refusal('open', this.#topPath, new FileError('EROFS'))
    return this.ns.fsOf(at)
  }

  /** Owner, mode, attributes and times, in the daemon's order: chown takes set-id bits away that chmod brings back. */
  #dress(at: Handle, entry: TarEntry): void {
    const fs = this.#fs(at)
    const { uid, gid } = this.#options.chown ?? entry
    fs.chown(this.caller, at.ino, uid, gid)
    for (const [key, value] of entry.xattrs ?? []) fs.setxattr(this.caller, at.ino, key, value)
    if (!isSymlink(fs.inode(at.ino))) fs.chmod(this.caller, at.ino, entry.mode)
    if (entry.type !== DIRECTORY) this.#date(at, entry)
  }

  #date(at: Handle, { mtime, atime }: TarEntry): void {
    const latest = atime !== null && atime > mtime ? atime : mtime
    this.#fs(at).utimes(this.caller, at.ino, latest, mtime)
  }
}

/** Go's filepath.Clean of a member's name: what is left of `..` stands in front. `.` gives ''. */
export function cleanName(name: string): string {
  const names: string[] = []
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && names.length > 0 && names.at(-1) !== '..') names.pop()
    else if (part !== '..' || !name.startsWith('/')) names.push(part)
  }
  return names.join('/')
}

/** A name cleaned as under a root, where `..` leads no further. */
export const clamp = (name: string): string => cleanName(`/${name}`)

export const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Go's words for an errno, in lower case. */
const goWords = (code: FileError['code']): string => {
  if (code === 'EXDEV') return 'invalid cross-device link'
  const words = strerror(code)
  return words[0]!.toLowerCase() + words.slice(1)
}

const refusal = (call: string, path: string, { code }: FileError): ArchiveError =>
  new ArchiveError(`${call} ${path}: ${goWords(code)}`)

function wrongKind(path: string, top: string, wasDirectory: boolean): ArchiveError {
  const [was, is] = wasDirectory ? ['directory', 'non-directory'] : ['non-directory', 'directory']
  return new ArchiveError(`cannot overwrite ${was} "${path}" with ${is} "${top}"`)
}
