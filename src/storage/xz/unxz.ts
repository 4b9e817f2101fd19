import { crc32 } from '../gzip/crc32.ts'
import { Sink } from '../gzip/sink.ts'
import { type BlockSizes, readBlock } from './block.ts'
import { checkOf, equal } from './check.ts'
import { Input } from './input.ts'
import { corrupt, notRecognized, unsupported } from './invalid.ts'

const MAGIC = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)
/** Magic, flags and their checksum. */
const HEADER = 12
const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a)
const LIMIT = 2 ** 31

export interface UnxzOptions {
  /** The most bytes that may come out; 2 GiB unless said otherwise. */
  readonly limit?: number
}

/** All streams of an xz file, one after the other. Every checksum is checked. Filters other than LZMA2 are refused. */
export function unxz(bytes: Uint8Array, { limit = LIMIT }: UnxzOptions = {}): Uint8Array {
  if (!equal(bytes.subarray(0, MAGIC.length), MAGIC)) throw notRecognized()
  const sink = new Sink(limit, 4 * bytes.length)
  const input = new Input(bytes)
  do {
    stream(input, sink)
    streamPadding(input)
  } while (input.left > 0)
  return sink.since(0)
}

function stream(input: Input, sink: Sink): void {
  const header = new Input(input.take(HEADER))
  if (!equal(header.take(MAGIC.length), MAGIC)) throw corrupt()
  const flags = header.take(2)
  if (crc32(flags) !== header.u32()) throw corrupt()
  if (flags[0] !== 0 || flags[1]! > 15) throw unsupported()
  const check = checkOf(flags[1]!)
  const blocks: BlockSizes[] = []
  for (let size = input.byte(); size !== 0; size = input.byte()) blocks.push(readBlock(input, size, check, sink))
  const length = index(input, blocks)
  footer(input, flags, length)
}

/** What stands there of the blocks, once more; gives how long it is. Its first byte, a zero, has been read. */
function index(input: Input, blocks: readonly BlockSizes[]): number {
  const start = input.at - 1
  if (input.number() !== blocks.length) throw corrupt()
  for (const { unpadded, content } of blocks)
    if (input.number() !== unpadded || input.number() !== content) throw corrupt()
  input.padding(start)
  if (crc32(input.bytes.subarray(start, input.at)) !== input.u32()) throw corrupt()
  return input.at - start
}

function footer(input: Input, flags: Uint8Array, indexLength: number): void {
  const sum = input.u32()
  const start = input.at
  const backward = (input.u32() + 1) * 4
  const again = input.take(2)
  if (crc32(input.bytes.subarray(start, input.at)) !== sum) throw corrupt()
  if (!equal(input.take(2), FOOTER_MAGIC)) throw corrupt()
  if (backward !== indexLength || !equal(again, flags)) throw corrupt()
}

/** Zeros, four at a time, may stand behind a stream. */
function streamPadding(input: Input): void {
  const start = input.at
  while (input.left > 0 && input.bytes[input.at] === 0) input.at++
  if ((input.at - start) % 4 !== 0) throw corrupt()
}
