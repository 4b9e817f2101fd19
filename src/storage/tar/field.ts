import { invalidHeader } from '../archive-error.ts'

export const BLOCK = 512

export interface Field {
  readonly at: number
  readonly length: number
}

const field = (at: number, length: number): Field => ({ at, length })

export const NAME = field(0, 100)
export const MODE = field(100, 8)
export const UID = field(108, 8)
export const GID = field(116, 8)
export const SIZE = field(124, 12)
export const MTIME = field(136, 12)
export const CHECKSUM = field(148, 8)
export const TYPEFLAG = 156
export const LINKNAME = field(157, 100)
export const MAGIC = 257
export const UNAME = field(265, 32)
export const GNAME = field(297, 32)
export const DEVMAJOR = field(329, 8)
export const DEVMINOR = field(337, 8)
export const PREFIX = field(345, 155)
export const STAR_PREFIX = field(345, 131)
export const STAR_ATIME = field(476, 12)
export const STAR_CTIME = field(488, 12)
export const GNU_ATIME = field(345, 12)
export const GNU_CTIME = field(357, 12)

const UTF8 = new TextDecoder()
const BINARY = 0x80
const NEGATIVE = 0x40

/** Text up to the first NUL. */
export function readString(block: Uint8Array, { at, length }: Field): string {
  let text = ''
  for (let i = at; i < at + length; i++) {
    const byte = block[i]!
    if (byte === 0) return text
    if (byte >= 0x80) return readUtf8(block, at, length)
    text += String.fromCharCode(byte)
  }
  return text
}

function readUtf8(block: Uint8Array, at: number, length: number): string {
  const bytes = block.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return UTF8.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** A number in octal, or in base 256 when the first bit is set. */
export function readNumber(block: Uint8Array, where: Field): number {
  return (block[where.at]! & BINARY) === 0 ? readOctal(block, where) : readBase256(block, where)
}

/** Digits between blanks; nothing at all is zero. */
export function readOctal(block: Uint8Array, { at, length }: Field): number {
  let from = at
  let to = at + length
  while (from < to && isBlank(block[from]!)) from++
  while (to > from && isBlank(block[to - 1]!)) to--
  let value = 0
  for (let i = from; i < to; i++) {
    // Go cuts the field at its first NUL, whatever stands behind it.
    if (block[i] === 0) break
    const digit = block[i]! - 0x30
    if (digit < 0 || digit > 7) throw invalidHeader()
    value = value * 8 + digit
  }
  return safe(value)
}

function readBase256(block: Uint8Array, { at, length }: Field): number {
  const negative = (block[at]! & NEGATIVE) !== 0
  let value = 0
  for (let i = at; i < at + length; i++) {
    const raw = i === at ? block[i]! & ~BINARY : block[i]!
    const byte = negative ? ~raw & (i === at ? 0x7f : 0xff) : raw
    value = value * 256 + byte
  }
  return safe(negative ? -value - 1 : value)
}

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw invalidHeader()
  return value
}

/** The sum of all bytes with the checksum's own taken for blanks: as unsigned and, as some old programs had it, signed. */
export function checksums(block: Uint8Array, at = 0): { unsigned: number; signed: number } {
  let unsigned = 8 * 0x20
  let high = 0
  for (let i = 0; i < BLOCK; i++) {
    if (i === CHECKSUM.at) i += CHECKSUM.length
    const byte = block[at + i]!
    unsigned += byte
    high += byte >> 7
  }
  return { unsigned, signed: unsigned - 256 * high }
}

/** ASCII, cut to the field. A cut name must not end in a slash, which old readers take for a directory. */
export function writeString(block: Uint8Array, { at, length }: Field, text: string): void {
  const cut = text.length > length
  let end = Math.min(text.length, length)
  if (cut && text[end - 1] === '/') while (end > 0 && text[end - 1] === '/') end--
  for (let i = 0; i < end; i++) block[at + i] = text.charCodeAt(i)
}

/** Octal with leading zeros and a NUL; what does not fit becomes zero and stands in the PAX header. */
export function writeOctal(block: Uint8Array, { at, length }: Field, value: number): void {
  let rest = fitsOctal(value, length) ? value : 0
  for (let i = at + length - 2; i >= at; i--) {
    block[i] = 0x30 + (rest % 8)
    rest = Math.floor(rest / 8)
  }
}

export const fitsOctal = (value: number, length: number): boolean => value >= 0 && value < 8 ** (length - 1)
