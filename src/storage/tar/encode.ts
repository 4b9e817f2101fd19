import { fieldTooLong } from '../archive-error.ts'
import {
  BLOCK,
  CHECKSUM,
  checksums,
  DEVMAJOR,
  DEVMINOR,
  type Field,
  fitsOctal,
  GID,
  GNAME,
  LINKNAME,
  MAGIC,
  MODE,
  MTIME,
  NAME,
  SIZE,
  TYPEFLAG,
  UID,
  UNAME,
  writeOctal,
  writeString,
} from './field.ts'
import { formatPax, formatPaxTime, XATTR } from './pax.ts'
import { isHeaderOnly, PAX_NEXT, type TarEntry } from './tar-entry.ts'

const NANO = 1_000_000_000n
const LARGEST_PAX = 1 << 20
const USTAR = 'ustar\u000000'

/**
 * An archive, byte for byte as Go's archive/tar writes these members in its PAX format, which is how Docker writes
 * layers: equal members have equal digests.
 */
export function encode(entries: Iterable<TarEntry>): Uint8Array {
  return gathered(Array.from(entries, member), 2 * BLOCK)
}

/** The same archive in parts, one after the other: large bodies are views of what was given, not copies. */
export function encodeParts(entries: Iterable<TarEntry>): Uint8Array[] {
  const parts: Uint8Array[] = []
  let pending: Member[] = []
  for (const entry of entries) {
    const body = bodyOf(entry)
    const lent = body.length >= LENT
    pending.push(lent ? { ...member(entry), body: NOTHING } : member(entry))
    if (!lent) continue
    parts.push(gathered(pending), body, new Uint8Array(padded(body.length) - body.length))
    pending = []
  }
  parts.push(gathered(pending, 2 * BLOCK))
  return parts.filter(({ length }) => length > 0)
}

/** A member, and what of its body is written here. */
interface Member {
  readonly entry: TarEntry
  readonly pax: Uint8Array | null
  readonly body: Uint8Array
}

/** Bodies of so many bytes are not copied. */
const LENT = 64 * 1024
const NOTHING = new Uint8Array(0)

const member = (entry: TarEntry): Member => ({ entry, pax: paxOf(entry), body: bodyOf(entry) })

function gathered(members: readonly Member[], end = 0): Uint8Array {
  const archive = new Uint8Array(members.reduce((sum, one) => sum + memberLength(one), end))
  let at = 0
  for (const one of members) at = writeMember(archive, at, one)
  return archive
}

const padded = (length: number): number => Math.ceil(length / BLOCK) * BLOCK

const bodyOf = (entry: TarEntry): Uint8Array => (isHeaderOnly(entry.type) ? entry.body.subarray(0, 0) : entry.body)

function memberLength({ pax, body }: Member): number {
  return (pax ? BLOCK + padded(pax.length) : 0) + BLOCK + padded(body.length)
}

function writeMember(archive: Uint8Array, at: number, { entry, pax, body }: Member): number {
  if (pax) {
    writePaxHeader(archive.subarray(at, at + BLOCK), entry.name, pax.length)
    archive.set(pax, at + BLOCK)
    at += BLOCK + padded(pax.length)
  }
  writeHeader(archive.subarray(at, at + BLOCK), entry, bodyOf(entry).length)
  archive.set(body, at + BLOCK)
  return at + BLOCK + padded(body.length)
}

function writeHeader(block: Uint8Array, entry: TarEntry, size: number): void {
  writeString(block, NAME, ascii(entry.name))
  writeString(block, LINKNAME, ascii(entry.linkname))
  writeOctal(block, MODE, entry.mode)
  writeOctal(block, UID, entry.uid)
  writeOctal(block, GID, entry.gid)
  writeOctal(block, SIZE, size)
  writeOctal(block, MTIME, seconds(entry.mtime))
  writeString(block, UNAME, ascii(entry.uname))
  writeString(block, GNAME, ascii(entry.gname))
  writeOctal(block, DEVMAJOR, entry.devmajor)
  writeOctal(block, DEVMINOR, entry.devminor)
  seal(block, entry.type)
}

function writePaxHeader(block: Uint8Array, name: string, size: number): void {
  const slash = name.lastIndexOf('/') + 1
  const joined = clean(`${name.slice(0, slash)}/PaxHeaders.0/${name.slice(slash)}`, name.startsWith('/'))
  writeString(block, NAME, ascii(joined).slice(0, NAME.length).replace(/\/+$/, ''))
  for (const field of [MODE, UID, GID, MTIME]) writeOctal(block, field, 0)
  writeOctal(block, SIZE, size)
  seal(block, PAX_NEXT)
}

/** Go's path.Join: no empty, `.` or `..` names. */
function clean(path: string, rooted: boolean): string {
  const out: string[] = []
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue
    if (name === '..' && out.length > 0 && out.at(-1) !== '..') out.pop()
    else if (name !== '..' || !rooted) out.push(name)
  }
  return (rooted ? '/' : '') + out.join('/')
}

function seal(block: Uint8Array, type: string): void {
  block[TYPEFLAG] = type.charCodeAt(0)
  writeString(block, { at: MAGIC, length: 8 }, USTAR)
  writeOctal(block, { at: CHECKSUM.at, length: 7 }, checksums(block).unsigned)
  block[CHECKSUM.at + 7] = 0x20
}

/** What the header block cannot say, or null. */
function paxOf(entry: TarEntry): Uint8Array | null {
  const records = new Map<string, Uint8Array | string>()
  const text = (key: string, value: string, field: Field) => {
    if (value.length > field.length || !isAscii(value)) records.set(key, value)
  }
  const number = (key: string, value: number, field: Field) => {
    if (!fitsOctal(value, field.length)) records.set(key, `${value}`)
  }
  text('path', entry.name, NAME)
  text('linkpath', entry.linkname, LINKNAME)
  text('uname', entry.uname, UNAME)
  text('gname', entry.gname, GNAME)
  number('uid', entry.uid, UID)
  number('gid', entry.gid, GID)
  number('size', bodyOf(entry).length, SIZE)
  if (entry.mtime % NANO !== 0n || !fitsOctal(seconds(entry.mtime), MTIME.length)) {
    records.set('mtime', formatPaxTime(entry.mtime))
  }
  if (entry.atime !== null) records.set('atime', formatPaxTime(entry.atime))
  if (entry.ctime !== null) records.set('ctime', formatPaxTime(entry.ctime))
  for (const [key, value] of entry.xattrs ?? []) records.set(XATTR + key, value)
  if (records.size === 0) return null
  const bytes = formatPax(records)
  if (bytes.length > LARGEST_PAX) throw fieldTooLong()
  return bytes
}

/** Go's Time.Unix: rounds down. */
function seconds(nanos: bigint): number {
  const whole = nanos / NANO
  return Number(nanos % NANO < 0n ? whole - 1n : whole)
}

const isAscii = (text: string): boolean => /^[\x01-\x7f]*$/.test(text)

const ascii = (text: string): string => (isAscii(text) ? text : text.replace(/[^\x01-\x7f]/g, ''))
