import { BLOCK, readNumber, SIZE } from '../../storage/tar/field.ts'

/** Go's io.Copy takes so much at once. */
const COPIED = 32 * 1024

/** How far a tar is read, read by read, by one who takes it member by member: a header, its body in pieces, what fills the block. */
export function* tarReads(tar: Uint8Array): Generator<number> {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK)
    at += BLOCK
    yield at
    const end = at + readNumber(header, SIZE)
    while (at < end) {
      at = Math.min(at + COPIED, end)
      yield at
    }
    if (end % BLOCK === 0) continue
    at = Math.ceil(end / BLOCK) * BLOCK
    yield at
  }
}
