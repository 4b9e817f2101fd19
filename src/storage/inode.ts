import type { Table } from '../core/table.ts'
import type { Owner } from './inode-table.ts'

/** File type bits of a mode, as in Linux. */
export const S_IFMT = 0o170000
export const S_IFSOCK = 0o140000
export const S_IFLNK = 0o120000
export const S_IFREG = 0o100000
export const S_IFBLK = 0o060000
export const S_IFDIR = 0o040000
export const S_IFCHR = 0o020000
export const S_IFIFO = 0o010000
export const S_ISUID = 0o4000
export const S_ISGID = 0o2000
export const S_ISVTX = 0o1000

/** The inode number of every root directory. */
export const ROOT = 1

/** Bytes up to `used` are somebody's content; those behind it belong to whoever appends first, so a log grows in place. */
export interface Extent {
  /** Who may overwrite in place; null for adopted bytes, which nobody may touch. */
  readonly owner: Owner | null
  readonly bytes: Uint8Array
  used: number
  /** A reader holds a view, so content may no longer change under it. */
  lent: boolean
}

/** One name of an inode. */
export interface Link {
  readonly parent: number
  readonly name: string
}

export interface Inode {
  readonly owner: Owner
  readonly ino: number
  /** Type and permission bits, as in `st_mode`. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  /** `st_rdev` of a device, as `makedev` packs it. */
  readonly rdev: number
  /** Nanoseconds since the epoch, as are the other two. */
  readonly mtime: bigint
  readonly ctime: bigint
  readonly atime: bigint
  /** Content of a regular file: see `contents`. */
  readonly extent: Extent
  /** Bytes of content; for a symlink the length of its target. */
  readonly size: number
  /** Where a symlink points. */
  readonly target: string
  /** The names in a directory and their inode numbers; null for all else. */
  readonly entries: Table<number> | null
  /** The first link; a directory has no other. For the root: itself and ''. */
  readonly parent: number
  readonly name: string
  /** The links beyond the first. */
  readonly aliases: Table<Link> | null
  readonly xattrs: Table<Uint8Array> | null
}

export const isDirectory = (inode: Inode): boolean => (inode.mode & S_IFMT) === S_IFDIR
export const isFile = (inode: Inode): boolean => (inode.mode & S_IFMT) === S_IFREG
export const isSymlink = (inode: Inode): boolean => (inode.mode & S_IFMT) === S_IFLNK
export const isDevice = (inode: Inode): boolean =>
  (inode.mode & S_IFMT) === S_IFCHR || (inode.mode & S_IFMT) === S_IFBLK

/** The bytes of a regular file: a view, not a copy, that must not be written to. */
export function contents(inode: Inode): Uint8Array {
  inode.extent.lent = true
  return inode.extent.bytes.subarray(0, inode.size)
}

/** Every name of an inode. */
export function links(inode: Inode): Link[] {
  if (inode.name === '') return []
  return [{ parent: inode.parent, name: inode.name }, ...(inode.aliases?.values() ?? [])]
}

/** Packs a device number as glibc's `makedev` does for the numbers that fit in 32 bits. */
export function makedev(major: number, minor: number): number {
  return ((major & 0xfff) * 0x100 + (minor & 0xff) + (minor & ~0xff) * 0x1000) >>> 0
}

export const major = (rdev: number): number => (rdev >>> 8) & 0xfff
export const minor = (rdev: number): number => ((rdev & 0xff) | ((rdev >>> 12) & 0xfff00)) >>> 0
