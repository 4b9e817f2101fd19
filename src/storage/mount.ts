import { ROOT } from './inode.ts'

/** The file systems of a world by id: forks of the world have their own map, with the same ids. */
export type FileSystems<T> = ReadonlyMap<string, T>

/** A place in a namespace: which mount (0 is the root), and the inode there. */
export interface Handle {
  readonly mount: number
  readonly ino: number
}

/** A file system, or a part of one, hung over a name. Plain data: file systems are known by their id only. */
export interface Mount {
  /** The path it was mounted at. */
  readonly at: string
  /** The id of the file system. */
  readonly fs: string
  /** The inode that shows at the mount point: a directory or, for a file mount, a file. */
  readonly ino: number
  readonly readOnly: boolean
  /** How it stands in /proc/mounts, where it is no part of a disk: source, type and options without `rw`. */
  readonly label?: MountLabel | undefined
  /** What it covers: a name in a directory of another mount. The root mount covers nothing. */
  readonly over: { readonly parent: Handle; readonly name: string } | null
}

interface MountLabel {
  readonly source: string
  readonly type: string
  readonly options: string
}

export interface MountOptions {
  readonly label?: MountLabel | undefined
  /** A part of the file system instead of its root. */
  readonly ino?: number
  readonly readOnly?: boolean
}

export const rootMount = (fs: string, { ino = ROOT, readOnly = false }: MountOptions = {}): Mount => ({
  at: '/',
  fs,
  ino,
  readOnly,
  over: null,
})

/** The key under which a covered name is found. */
export const coverKey = ({ mount, ino }: Handle, name: string): string => `${mount}:${ino}/${name}`
