import { crc32 } from '../gzip/crc32.ts'
import type { Sink } from '../gzip/sink.ts'
import { type Check, equal } from './check.ts'
import { Input } from './input.ts'
import { corrupt, unsupported } from './invalid.ts'
import { lzma2 } from './lzma2.ts'

/** What the index repeats of a block. */
export interface BlockSizes {
  /** Header, compressed data and check. */
  readonly unpadded: number
  readonly content: number
}

interface Header {
  readonly compressed: number | undefined
  readonly content: number | undefined
  readonly dictionary: number
}

const LZMA2 = 0x21
const HAS_COMPRESSED = 0x40
const HAS_CONTENT = 0x80
const RESERVED = 0x3c
const FILTERS = 0x03

/** A block whose first byte, the size of its header, was read. */
export function readBlock(input: Input, size: number, check: Check, sink: Sink): BlockSizes {
  const start = input.at - 1
  const header = readHeader(input, start, (size + 1) * 4)
  const data = input.at
  const before = sink.length
  lzma2(input, header.dictionary, sink)
  const compressed = input.at - data
  const content = sink.length - before
  if (header.compressed !== undefined && header.compressed !== compressed) throw corrupt()
  if (header.content !== undefined && header.content !== content) throw corrupt()
  input.padding(data)
  if (!equal(input.take(check.size), check.of(sink.since(before)))) throw corrupt()
  return { unpadded: data - start + compressed + check.size, content }
}

function readHeader(input: Input, start: number, length: number): Header {
  input.at = start
  const bytes = input.take(length - 4)
  if (crc32(bytes) !== input.u32()) throw corrupt()
  const header = new Input(bytes, 1)
  const flags = header.byte()
  if (flags & RESERVED) throw unsupported()
  const compressed = flags & HAS_COMPRESSED ? header.number() : undefined
  const content = flags & HAS_CONTENT ? header.number() : undefined
  const dictionary = readFilter(header, flags)
  if (header.bytes.subarray(header.at).some((byte) => byte !== 0)) throw unsupported()
  return { compressed, content, dictionary }
}

/** The one filter that is known; gives how far back it may look. */
function readFilter(header: Input, flags: number): number {
  if (flags & FILTERS || header.number() !== LZMA2 || header.number() !== 1) throw unsupported()
  const bits = header.byte()
  if (bits > 40) throw unsupported()
  return bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11)
}
