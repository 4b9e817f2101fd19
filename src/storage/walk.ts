import { FileError } from './file-error.ts'
import { type Inode, isDirectory, isSymlink } from './inode.ts'

/** What a path walk needs to know of the place it walks through; `L` says where one stands. */
export interface Territory<L> {
  readonly root: L
  inode(at: L): Inode
  child(at: L, name: string): L | undefined
  /** The directory above; the root's is itself. */
  above(at: L): L
  /** The name by which `at` hangs in the directory above it; '' for the root. */
  nameOf(at: L): string
  /** Refuses when the directory may not be searched. */
  enter?(at: L, path: string): void
}

/** Where a path leads: `at` is missing when only the last name does not exist. */
export interface Found<L> {
  readonly parent: L
  readonly name: string
  readonly at: L | undefined
  /** The path ended in a slash, so only a directory will do. */
  readonly slash: boolean
}

/**
 * When a symlink as the last name is followed: `always`; `slash`, when the path goes on with one; or `never`, for the
 * calls that make and remove names, which also do not mind what a slash stands behind. `create` follows always, and a
 * slash is refused, since what is to be made is a file.
 */
export type Follow = 'always' | 'slash' | 'never' | 'create'

const HOPS = 40
const NAME_MAX = 255
const PATH_MAX = 4096

/** Resolves `path` as Linux does: symlinks stay inside the root, at most 40 of them. */
export function walk<L>(territory: Territory<L>, path: string, cwd: L, follow: Follow): Found<L> {
  if (path === '') throw new FileError('ENOENT', path)
  if (path.length >= PATH_MAX) throw new FileError('ENAMETOOLONG', path)
  let slash = path.endsWith('/')
  const pending = names(path)
  let at = path.startsWith('/') ? territory.root : cwd
  let hops = 0
  while (pending.length > 0) {
    const name = pending.pop()!
    enter(territory, at, path)
    if (name === '.') continue
    if (name === '..') {
      at = territory.above(at)
      continue
    }
    if (name.length > NAME_MAX) throw new FileError('ENAMETOOLONG', path)
    const next = territory.child(at, name)
    const last = pending.length === 0
    if (last && slash && follow === 'create') throw new FileError('EISDIR', path)
    if (next === undefined) {
      if (last) return { parent: at, name, at: undefined, slash }
      throw new FileError('ENOENT', path)
    }
    const inode = territory.inode(next)
    if (isSymlink(inode) && (!last || follows(follow, slash))) {
      if (++hops > HOPS) throw new FileError('ELOOP', path)
      if (last && inode.target.endsWith('/')) slash = true
      pending.push(...names(inode.target))
      if (inode.target.startsWith('/')) at = territory.root
      continue
    }
    if (last) {
      if (slash && follow !== 'never' && !isDirectory(inode)) throw new FileError('ENOTDIR', path)
      return { parent: at, name, at: next, slash }
    }
    at = next
  }
  return { parent: territory.above(at), name: territory.nameOf(at), at, slash }
}

const follows = (follow: Follow, slash: boolean): boolean =>
  follow === 'always' || follow === 'create' || (follow === 'slash' && slash)

/** The names of a path, last one first. */
function names(path: string): string[] {
  return path
    .split('/')
    .filter((name) => name !== '')
    .reverse()
}

function enter<L>(territory: Territory<L>, at: L, path: string): void {
  if (!isDirectory(territory.inode(at))) throw new FileError('ENOTDIR', path)
  territory.enter?.(at, path)
}
