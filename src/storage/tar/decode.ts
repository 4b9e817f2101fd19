import { fieldTooLong, invalidHeader, tooManyEntries, unexpectedEOF } from '../archive-error.ts'
import {
  BLOCK,
  CHECKSUM,
  checksums,
  DEVMAJOR,
  DEVMINOR,
  type Field,
  GID,
  GNAME,
  GNU_ATIME,
  GNU_CTIME,
  LINKNAME,
  MAGIC,
  MODE,
  MTIME,
  NAME,
  PREFIX,
  readNumber,
  readOctal,
  readString,
  SIZE,
  STAR_ATIME,
  STAR_CTIME,
  STAR_PREFIX,
  TYPEFLAG,
  UID,
  UNAME,
} from './field.ts'
import { decimal, type PaxRecords, parsePax, parsePaxTime, textOf, XATTR } from './pax.ts'
import { expandGnuSparse, expandPaxSparse, isPaxSparse } from './sparse.ts'
import {
  DIRECTORY,
  GNU_LONG_LINK,
  GNU_LONG_NAME,
  GNU_SPARSE,
  isHeaderOnly,
  PAX_NEXT,
  REGULAR,
  type TarEntry,
} from './tar-entry.ts'

export interface DecodeLimits {
  /** Members of the archive. */
  readonly entries?: number
  /** Bytes that sparse members may grow to, together. */
  readonly sparse?: number
}

type Draft = { -readonly [Key in keyof TarEntry]: TarEntry[Key] }

const LARGEST_SPECIAL = 1 << 20
const MOST_ENTRIES = 500_000
const LARGEST_SPARSE = 2 ** 28
const NANO = 1_000_000_000n
const NO_RECORDS: PaxRecords = new Map()

/** Everything in an archive. Bodies are views of `archive`. Refuses what Go's archive/tar refuses, in its words. */
export function decode(archive: Uint8Array, limits: DecodeLimits = {}): TarEntry[] {
  return [...members(archive, limits)]
}

/** The members one at a time; PAX and GNU extension headers are merged into the member they precede. */
export function* members(archive: Uint8Array, limits: DecodeLimits = {}): Generator<TarEntry> {
  const { entries = MOST_ENTRIES, sparse = LARGEST_SPARSE } = limits
  const reader = new BlockReader(archive)
  let count = 0
  let expanded = 0
  let pending = NO_EXTENSION
  for (let block = reader.header(); block; block = reader.header()) {
    const entry = readHeader(block)
    const extension = isExtension(entry.type)
    if (++count > entries) throw tooManyEntries(entries)
    if (extension) {
      pending = extend(pending, entry.type, reader.special(readNumber(block, SIZE)))
      continue
    }
    const size = merge(entry, pending, readNumber(block, SIZE))
    const { pax } = pending
    pending = NO_EXTENSION
    if (entry.type === GNU_SPARSE) entry.body = expandGnuSparse(block, reader, size, sparse - expanded)
    else entry.body = reader.body(isHeaderOnly(entry.type) ? 0 : size)
    if (isPaxSparse(pax)) entry.body = expandPaxSparse(entry, pax, sparse - expanded)
    if (entry.type === GNU_SPARSE || isPaxSparse(pax)) expanded += entry.body.length
    if (entry.type === GNU_SPARSE || entry.type === '\0') entry.type = REGULAR
    if (entry.type === REGULAR && entry.name.endsWith('/')) entry.type = DIRECTORY
    yield entry
  }
  // Go hands out extension headers with no member behind them as the end of the archive.
}

/** Walks an archive block by block. */
class BlockReader {
  readonly #archive: Uint8Array
  #at = 0

  constructor(archive: Uint8Array) {
    this.#archive = archive
  }

  /** The next header block, or undefined at the end: two zero blocks, or no more bytes. */
  header(): Uint8Array | undefined {
    const block = this.#block()
    if (!block) return undefined
    if (!isZero(block)) return checked(block)
    const second = this.#block()
    if (second && !isZero(second)) throw invalidHeader()
    return undefined
  }

  /** The next block, which has to be there. */
  block(): Uint8Array {
    const block = this.#block()
    if (!block) throw unexpectedEOF()
    return block
  }

  body(size: number): Uint8Array {
    const body = this.#archive.subarray(this.#at, this.#at + size)
    if (body.length < size) throw unexpectedEOF()
    this.#at = Math.min(this.#at + Math.ceil(size / BLOCK) * BLOCK, this.#archive.length)
    return body
  }

  /** The content of an extension header. */
  special(size: number): Uint8Array {
    if (size < 0) throw invalidHeader()
    if (size > LARGEST_SPECIAL) throw fieldTooLong()
    return this.body(size)
  }

  #block(): Uint8Array | undefined {
    if (this.#at === this.#archive.length) return undefined
    const block = this.#archive.subarray(this.#at, this.#at + BLOCK)
    if (block.length < BLOCK) throw unexpectedEOF()
    this.#at += BLOCK
    return block
  }
}

function isZero(block: Uint8Array): boolean {
  for (let i = 0; i < BLOCK; i++) if (block[i] !== 0) return false
  return true
}

function checked(block: Uint8Array): Uint8Array {
  const written = readOctal(block, CHECKSUM)
  const { unsigned, signed } = checksums(block)
  if (written !== unsigned && written !== signed) throw invalidHeader()
  return block
}

interface Extension {
  readonly pax: PaxRecords
  readonly name: string
  readonly linkname: string
}

const NO_EXTENSION: Extension = { pax: NO_RECORDS, name: '', linkname: '' }

const isExtension = (type: string): boolean => type === PAX_NEXT || type === GNU_LONG_NAME || type === GNU_LONG_LINK

function extend(pending: Extension, type: string, content: Uint8Array): Extension {
  if (type === PAX_NEXT) return { ...pending, pax: parsePax(content) }
  const end = content.indexOf(0)
  const text = textOf(end < 0 ? content : content.subarray(0, end))
  return type === GNU_LONG_NAME ? { ...pending, name: text } : { ...pending, linkname: text }
}

type Format = 'v7' | 'ustar' | 'star' | 'gnu'

const USTAR = [0x75, 0x73, 0x74, 0x61, 0x72, 0]
/** `ustar`, two blanks, a NUL. */
const OLD_GNU = [0x75, 0x73, 0x74, 0x61, 0x72, 0x20, 0x20, 0]
const STAR = [0x74, 0x61, 0x72, 0]
const STAR_MAGIC = 508

function formatOf(block: Uint8Array): Format {
  if (has(block, MAGIC, USTAR)) return has(block, STAR_MAGIC, STAR) ? 'star' : 'ustar'
  return has(block, MAGIC, OLD_GNU) ? 'gnu' : 'v7'
}

const has = (block: Uint8Array, at: number, magic: readonly number[]): boolean =>
  magic.every((byte, index) => block[at + index] === byte)

function readHeader(block: Uint8Array): Draft {
  const format = formatOf(block)
  const v7 = format === 'v7'
  return {
    name: prefixed(block, format) + readString(block, NAME),
    type: String.fromCharCode(block[TYPEFLAG]!),
    mode: readNumber(block, MODE),
    uid: readNumber(block, UID),
    gid: readNumber(block, GID),
    uname: v7 ? '' : readString(block, UNAME),
    gname: v7 ? '' : readString(block, GNAME),
    mtime: BigInt(readNumber(block, MTIME)) * NANO,
    atime: timeIn(block, format === 'star' ? STAR_ATIME : format === 'gnu' ? GNU_ATIME : null),
    ctime: timeIn(block, format === 'star' ? STAR_CTIME : format === 'gnu' ? GNU_CTIME : null),
    linkname: readString(block, LINKNAME),
    devmajor: v7 ? 0 : readNumber(block, DEVMAJOR),
    devminor: v7 ? 0 : readNumber(block, DEVMINOR),
    xattrs: null,
    body: block.subarray(0, 0),
  }
}

function prefixed(block: Uint8Array, format: Format): string {
  if (format !== 'ustar' && format !== 'star') return ''
  const prefix = readString(block, format === 'star' ? STAR_PREFIX : PREFIX)
  return prefix && `${prefix}/`
}

function timeIn(block: Uint8Array, field: Field | null): bigint | null {
  if (!field || block[field.at] === 0) return null
  return BigInt(readNumber(block, field)) * NANO
}

/** Takes what the extension headers say into the entry; gives the size of the body. */
function merge(entry: Draft, { pax, name, linkname }: Extension, size: number): number {
  for (const [key, value] of pax) {
    if (key.startsWith(XATTR)) {
      entry.xattrs = new Map(entry.xattrs ?? []).set(key.slice(XATTR.length), value)
    } else if (key === 'size' && value.length > 0) size = decimal(textOf(value))
    else if (value.length > 0) override(entry, key, textOf(value))
  }
  if (name) entry.name = name
  if (linkname) entry.linkname = linkname
  if (size < 0) throw invalidHeader()
  return size
}

function override(entry: Draft, key: string, value: string): void {
  if (key === 'path') entry.name = value
  else if (key === 'linkpath') entry.linkname = value
  else if (key === 'uname' || key === 'gname') entry[key] = value
  else if (key === 'uid' || key === 'gid') entry[key] = decimal(value)
  else if (key === 'mtime' || key === 'atime' || key === 'ctime') entry[key] = parsePaxTime(value)
}
