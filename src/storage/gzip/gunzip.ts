import { ArchiveError, unexpectedEOF } from '../archive-error.ts'
import { crc32 } from './crc32.ts'
import { inflate } from './inflate.ts'
import { Sink } from './sink.ts'

export interface GunzipOptions {
  /** The most bytes that may come out; 2 GiB unless said otherwise. */
  readonly limit?: number
}

const LIMIT = 2 ** 31
/** No DEFLATE stream can grow by more. */
const LARGEST_RATIO = 1032
const TRAILER = 8
const FIXED_HEADER = 10
const FHCRC = 2
const FEXTRA = 4
const FNAME = 8
const FCOMMENT = 16

const invalidHeader = () => new ArchiveError('gzip: invalid header')
const invalidChecksum = () => new ArchiveError('gzip: invalid checksum')

/** All members of a gzip file, one after the other. CRC and length of each are checked. */
export function gunzip(bytes: Uint8Array, { limit = LIMIT }: GunzipOptions = {}): Uint8Array {
  const sink = new Sink(limit, expectedLength(bytes))
  let at = 0
  do at = member(bytes, at, sink)
  while (at < bytes.length)
  return sink.since(0)
}

function member(bytes: Uint8Array, from: number, sink: Sink): number {
  const start = sink.length
  const end = inflate(bytes, headerEnd(bytes, from), (part) => sink.add(part))
  if (end + TRAILER > bytes.length) throw unexpectedEOF()
  const content = sink.since(start)
  if (u32(bytes, end) !== crc32(content) || u32(bytes, end + 4) !== content.length % 2 ** 32) throw invalidChecksum()
  return end + TRAILER
}

/** What the last member says of its length, as far as the input can hold that much. */
function expectedLength(bytes: Uint8Array): number {
  return bytes.length < TRAILER ? 0 : Math.min(u32(bytes, bytes.length - 4), bytes.length * LARGEST_RATIO)
}

function headerEnd(bytes: Uint8Array, from: number): number {
  if (from + FIXED_HEADER > bytes.length) throw unexpectedEOF()
  if (bytes[from] !== 0x1f || bytes[from + 1] !== 0x8b || bytes[from + 2] !== 8) throw invalidHeader()
  const flags = bytes[from + 3]!
  let at = from + FIXED_HEADER
  if (flags & FEXTRA) at = extraEnd(bytes, at)
  if (flags & FNAME) at = textEnd(bytes, at)
  if (flags & FCOMMENT) at = textEnd(bytes, at)
  if (flags & FHCRC) at = checkedHeader(bytes, from, at)
  if (at > bytes.length) throw unexpectedEOF()
  return at
}

function extraEnd(bytes: Uint8Array, at: number): number {
  if (at + 2 > bytes.length) throw unexpectedEOF()
  return at + 2 + bytes[at]! + bytes[at + 1]! * 256
}

function textEnd(bytes: Uint8Array, at: number): number {
  const nul = bytes.indexOf(0, at)
  if (nul < 0) throw unexpectedEOF()
  return nul + 1
}

function checkedHeader(bytes: Uint8Array, from: number, at: number): number {
  if (at + 2 > bytes.length) throw unexpectedEOF()
  const written = bytes[at]! + bytes[at + 1]! * 256
  if (written !== (crc32(bytes.subarray(from, at)) & 0xffff)) throw invalidHeader()
  return at + 2
}

function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
