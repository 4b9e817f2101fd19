/** Typeflags of a tar header. */
export const REGULAR = '0'
export const HARD_LINK = '1'
export const SYMLINK = '2'
export const CHARACTER_DEVICE = '3'
export const BLOCK_DEVICE = '4'
export const DIRECTORY = '5'
export const FIFO = '6'
export const PAX_GLOBAL = 'g'
export const PAX_NEXT = 'x'
export const GNU_LONG_NAME = 'L'
export const GNU_LONG_LINK = 'K'
export const GNU_SPARSE = 'S'

/** A member of an archive. */
export interface TarEntry {
  /** As written: a directory's ends in a slash, a whole-tree archive's may start with `./`. */
  readonly name: string
  /** The typeflag, one character. */
  readonly type: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly uname: string
  readonly gname: string
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint
  readonly atime: bigint | null
  readonly ctime: bigint | null
  readonly linkname: string
  readonly devmajor: number
  readonly devminor: number
  /** `SCHILY.xattr.*` of the PAX header. */
  readonly xattrs: ReadonlyMap<string, Uint8Array> | null
  /** A view into the archive it was decoded from. */
  readonly body: Uint8Array
}

const NOTHING = new Uint8Array(0)

const DEFAULTS: TarEntry = {
  name: '',
  type: REGULAR,
  mode: 0o644,
  uid: 0,
  gid: 0,
  uname: '',
  gname: '',
  mtime: 0n,
  atime: null,
  ctime: null,
  linkname: '',
  devmajor: 0,
  devminor: 0,
  xattrs: null,
  body: NOTHING,
}

/** An entry from what matters of it. */
export function tarEntry(fields: Partial<TarEntry> & { readonly name: string }): TarEntry {
  return { ...DEFAULTS, ...fields }
}

/** Types whose header is all there is, whatever their size field says. */
export const isHeaderOnly = (type: string): boolean => type >= HARD_LINK && type <= FIFO && type.length === 1
