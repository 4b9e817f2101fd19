import { corrupt, unexpectedEnd } from './invalid.ts'

/** The compressed bytes, read from front to back. */
export class Input {
  readonly bytes: Uint8Array
  /** What comes next. */
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  byte(): number {
    if (this.left < 1) throw unexpectedEnd()
    return this.bytes[this.at++]!
  }

  take(length: number): Uint8Array {
    if (this.left < length) throw unexpectedEnd()
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  /** Four bytes, the lowest first. */
  u32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.take(4)
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
  }

  /** A number of seven bits a byte, the lowest first; the highest bit says that more follow. */
  number(): number {
    let value = 0
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) {
        if (byte === 0 && shift > 0) throw corrupt()
        return value
      }
    }
    throw corrupt()
  }

  /** Zeros up to a multiple of four from `start` on. */
  padding(start: number): void {
    while ((this.at - start) % 4 !== 0) if (this.byte() !== 0) throw corrupt()
  }
}
