import type { Sink } from '../gzip/sink.ts'
import { frameContext, readBlock } from './block.ts'
import type { Input } from './input.ts'
import { checksumMismatch, corrupt, reservedBlock, sizeMismatch, unknownDictionary } from './invalid.ts'
import { xxh64Low } from './xxh64.ts'

const BLOCK = 128 * 1024
const [RAW, REPEATED, PACKED] = [0, 1, 2]

interface Header {
  readonly checksum: boolean
  /** How much comes out, if it is said. */
  readonly content: number | undefined
}

/** A frame whose magic was read. */
export function readFrame(input: Input, sink: Sink): void {
  const { checksum, content } = readHeader(input)
  const context = frameContext(sink.length)
  for (let last = false; !last; ) {
    const head = input.number(3)
    last = (head & 1) === 1
    const [type, size] = [(head >> 1) & 3, head >> 3]
    if (size > BLOCK) throw corrupt()
    if (type === RAW) sink.add(input.take(size))
    else if (type === REPEATED) sink.add(new Uint8Array(size).fill(input.byte()))
    else if (type === PACKED) readBlock(input.take(size), context, sink)
    else throw reservedBlock()
  }
  const made = sink.since(context.start)
  if (content !== undefined && content !== made.length) throw sizeMismatch()
  if (checksum && input.number(4) !== xxh64Low(made)) throw checksumMismatch()
}

function readHeader(input: Input): Header {
  const flags = input.byte()
  if (flags & 8) throw corrupt()
  const single = (flags & 0x20) !== 0
  // How far back matches may reach: the whole of the output is there.
  if (!single) input.byte()
  if (input.number([0, 1, 2, 4][flags & 3]!) !== 0) throw unknownDictionary()
  const width = [single ? 1 : 0, 2, 4, 8][flags >> 6]!
  const content = width === 0 ? undefined : input.number(width) + (width === 2 ? 256 : 0)
  return { checksum: (flags & 4) !== 0, content }
}
