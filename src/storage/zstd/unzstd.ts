import { Sink } from '../gzip/sink.ts'
import { readFrame } from './frame.ts'
import { Input } from './input.ts'
import { badMagic } from './invalid.ts'

const MAGIC = 0xfd2fb528
/** Frames of others, to be passed over; the last four bits are theirs. */
const SKIPPABLE = 0x184d2a50
const LIMIT = 2 ** 31

export interface UnzstdOptions {
  /** The most bytes that may come out; 2 GiB unless said otherwise. */
  readonly limit?: number
}

/** All frames of a Zstandard file, one after the other. The checksums that there are are checked. RFC 8878 */
export function unzstd(bytes: Uint8Array, { limit = LIMIT }: UnzstdOptions = {}): Uint8Array {
  const sink = new Sink(limit, 4 * bytes.length)
  const input = new Input(bytes)
  do {
    const magic = input.number(4)
    if (magic === MAGIC) readFrame(input, sink)
    else if (magic - (magic % 16) === SKIPPABLE) input.take(input.number(4))
    else throw badMagic()
  } while (input.left > 0)
  return sink.since(0)
}
