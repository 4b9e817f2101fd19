import { concat, utf8 } from '../kernel/bytes.ts'

/** Builds binary messages of wire protocols. */
export class Buffer {
  readonly #parts: Uint8Array[] = []

  int8(value: number): this {
    return this.bytes(Uint8Array.of(value & 255))
  }

  int16(value: number): this {
    return this.bytes(Uint8Array.of((value >> 8) & 255, value & 255))
  }

  int32(value: number): this {
    return this.bytes(Uint8Array.of((value >> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255))
  }

  /** The lowest `size` bytes, lowest first. */
  little(value: number, size: number): this {
    return this.bytes(Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) & 255))
  }

  text(text: string): this {
    return this.bytes(utf8(text))
  }

  /** A text that a zero ends. */
  cstring(text: string): this {
    return this.text(text).int8(0)
  }

  bytes(bytes: Uint8Array): this {
    this.#parts.push(bytes)
    return this
  }

  done(): Uint8Array {
    return this.#parts.length === 0 ? new Uint8Array() : concat(...this.#parts)
  }
}

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
