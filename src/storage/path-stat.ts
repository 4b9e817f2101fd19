import { FileError } from './file-error.ts'
import {
  type Inode,
  isSymlink,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
} from './inode.ts'
import type { Handle, Namespace } from './mount-namespace.ts'
import { absolutePath, baseName } from './pack.ts'

/** What stands in `X-Docker-Container-Path-Stat`. */
export interface PathStat {
  readonly name: string
  readonly size: number
  /** A Go os.FileMode. */
  readonly mode: number
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint
  /** Where a symlink leads in the end, as an absolute path; '' for all else. */
  readonly linkTarget: string
}

/** The file at `path`; a symlink at the end is itself described. */
export function pathStat(ns: Namespace, path: string): PathStat {
  const absolute = absolutePath(path)
  const inode = ns.inode(ns.need(absolute, { follow: false }))
  return {
    name: baseName(absolute),
    size: inode.size,
    mode: goFileMode(inode.mode),
    mtime: inode.mtime,
    linkTarget: isSymlink(inode) ? realPath(ns, absolute) : '',
  }
}

const TYPE_BITS: Readonly<Record<number, number>> = {
  [S_IFDIR]: 2 ** 31,
  [S_IFLNK]: 2 ** 27,
  [S_IFBLK]: 2 ** 26,
  [S_IFIFO]: 2 ** 25,
  [S_IFSOCK]: 2 ** 24,
  [S_IFCHR]: 2 ** 26 + 2 ** 21,
}

/** A `st_mode` as Go's os.FileMode. */
export function goFileMode(mode: number): number {
  const special = (mode & S_ISUID ? 2 ** 23 : 0) + (mode & S_ISGID ? 2 ** 22 : 0) + (mode & S_ISVTX ? 2 ** 20 : 0)
  return (TYPE_BITS[mode & S_IFMT] ?? 0) + special + (mode & 0o777)
}

const HOPS = 255

/** The path with every symlink followed inside the root; names that do not exist are taken as they are. */
export function realPath(ns: Namespace, path: string): string {
  const pending = path.split('/').reverse()
  let names: string[] = []
  let hops = 0
  while (pending.length > 0) {
    const name = pending.pop()!
    if (name === '' || name === '.') continue
    if (name === '..') {
      names.pop()
      continue
    }
    const inode = inodeAt(ns, [...names, name])
    if (!inode || !isSymlink(inode)) names.push(name)
    else {
      if (++hops > HOPS) throw new FileError('ELOOP', path)
      if (inode.target.startsWith('/')) names = []
      pending.push(...inode.target.split('/').reverse())
    }
  }
  return `/${names.join('/')}`
}

function inodeAt(ns: Namespace, names: readonly string[]): Inode | undefined {
  let at: Handle | undefined = ns.root
  for (const name of names) at = at && ns.child(at, name)
  return at && ns.inode(at)
}
