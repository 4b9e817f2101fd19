import type { Inflate } from 'fflate'
import { fflate } from '#fflate'
import { ArchiveError, unexpectedEOF } from '../archive-error.ts'

/** Input is fed in pieces, so that a bomb is noticed after at most this much times the largest ratio, 1032. */
const PIECE = 16 * 1024

/** What fflate knows of its position and gives no other way to ask for. Its version is pinned, and a spec watches. */
interface Internals {
  readonly s: {
    /** The last block has begun. */
    readonly f?: number
    /** The code of the block it is in the middle of. */
    readonly l?: unknown
    /** Bits read of the bytes it still holds. */
    readonly p?: number
  }
  /** The bytes it still holds. */
  readonly p: Uint8Array
}

/** Inflates the DEFLATE stream at `from`, piece by piece into `sink`; gives the index behind it. */
export function inflate(bytes: Uint8Array, from: number, sink: (part: Uint8Array) => void): number {
  const stream = new (fflate().Inflate)(sink)
  for (let at = from; ; at += PIECE) {
    if (at >= bytes.length) throw unexpectedEOF()
    const end = Math.min(at + PIECE, bytes.length)
    push(stream, bytes.subarray(at, end), at - from)
    const { s, p: unread } = stream as unknown as Internals
    if (s.f && !s.l) return end - unread.length + Math.ceil((s.p ?? 0) / 8)
  }
}

function push(stream: Inflate, piece: Uint8Array, offset: number): void {
  try {
    stream.push(piece)
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    throw new ArchiveError(`flate: corrupt input before offset ${offset + piece.length}`)
  }
}
