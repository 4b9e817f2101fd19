import { unexpectedEOF } from '../archive-error.ts'

/** The compressed bytes, read from front to back. */
export class Input {
  readonly bytes: Uint8Array
  /** What comes next. */
  at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  take(length: number): Uint8Array {
    if (this.left < length) throw unexpectedEOF()
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  byte(): number {
    return this.take(1)[0]!
  }

  /** A number of so many bytes, the lowest first. */
  number(length: number): number {
    return this.take(length).reduceRight((value, byte) => value * 256 + byte, 0)
  }

  rest(): Uint8Array {
    return this.take(this.left)
  }
}
