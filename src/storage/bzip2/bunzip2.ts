import { unexpectedEOF } from '../archive-error.ts'
import { Sink } from '../gzip/sink.ts'
import { Bits } from './bits.ts'
import { readBlock } from './block.ts'
import { blockChecksum, combined } from './checksum.ts'
import { invalid } from './invalid.ts'

const BLOCK = 0x314159265359
const END = 0x177245385090
const HUNDRED_KB = 100_000
/** After so many equal bytes stands a number: how many more there are. */
const RUN = 4

export interface Bunzip2Options {
  /** The most bytes that may come out; 2 GiB unless said otherwise. */
  readonly limit?: number
}

/** All files of a bzip2 file, one after the other. The checksums of each block and file are checked. */
export function bunzip2(bytes: Uint8Array, { limit = 2 ** 31 }: Bunzip2Options = {}): Uint8Array {
  const sink = new Sink(limit, Math.min(limit, 8 * bytes.length))
  let at = 0
  do at = file(bytes, at, sink)
  while (at < bytes.length)
  return sink.since(0)
}

/** One file; gives the index behind it. */
function file(bytes: Uint8Array, from: number, sink: Sink): number {
  if (from + 4 > bytes.length) throw unexpectedEOF()
  const [b, z, h, level = 0] = bytes.subarray(from, from + 4)
  if (b !== 0x42 || z !== 0x5a) throw invalid(from === 0 ? 'bad magic value' : 'bad magic value in continuation file')
  if (h !== 0x68) throw invalid('non-Huffman entropy encoding')
  if (level < 0x31 || level > 0x39) throw invalid('invalid compression level')
  const bits = new Bits(bytes, from + 4)
  let checksum = 0
  for (let magic = bits.magic(); magic !== END; magic = bits.magic()) {
    if (magic !== BLOCK) throw invalid('bad magic value found')
    const wanted = bits.checksum()
    const content = expanded(readBlock(bits, HUNDRED_KB * (level - 0x30)), sink)
    if (blockChecksum(content) !== wanted) throw invalid('block checksum mismatch')
    checksum = combined(checksum, wanted)
  }
  if (bits.checksum() !== checksum) throw invalid('file checksum mismatch')
  return bits.align()
}

/** Runs written out into the sink; gives what was put there. */
function expanded(block: Uint8Array, sink: Sink): Uint8Array {
  const start = sink.length
  let from = 0
  for (let at = 1, equal = 1; at < block.length; at++) {
    equal = block[at] === block[at - 1] ? equal + 1 : 1
    if (equal < RUN) continue
    sink.add(block.subarray(from, at + 1))
    const more = block[at + 1]
    if (more !== undefined && more > 0) sink.add(new Uint8Array(more).fill(block[at]!))
    from = at + 2
    at = from
    equal = 1
  }
  sink.add(block.subarray(Math.min(from, block.length)))
  return sink.since(start)
}
