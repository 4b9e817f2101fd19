import { type Huffman, readHuffman } from './huffman.ts'
import type { Input } from './input.ts'
import { corrupt } from './invalid.ts'

const BLOCK = 128 * 1024
const [RAW, REPEATED, PACKED] = [0, 1, 2]

/** What goes on from block to block. */
export interface LiteralsContext {
  huffman: Huffman | undefined
}

/** The bytes that a block has of its own. */
export function readLiterals(input: Input, context: LiteralsContext): Uint8Array {
  const head = input.byte()
  const [type, format] = [head & 3, (head >> 2) & 3]
  if (type === RAW || type === REPEATED) {
    const size = plainSize(input, head, format)
    if (size > BLOCK) throw corrupt()
    return type === RAW ? input.take(size) : new Uint8Array(size).fill(input.byte())
  }
  const { size, packed } = packedSizes(input, head, format)
  if (size > BLOCK) throw corrupt()
  const start = input.at
  if (type === PACKED) context.huffman = readHuffman(input)
  const { huffman } = context
  const left = packed - (input.at - start)
  if (!huffman || left < 0) throw corrupt()
  return unpacked(input.take(left), huffman, size, format !== 0)
}

function plainSize(input: Input, head: number, format: number): number {
  if (format === 1) return (head >> 4) + (input.byte() << 4)
  return format === 3 ? (head >> 4) + (input.number(2) << 4) : head >> 3
}

/** Two numbers of the same width behind four bits. */
function packedSizes(input: Input, head: number, format: number): { size: number; packed: number } {
  const [bytes, width] = format === 3 ? [4, 18] : format === 2 ? [3, 14] : [2, 10]
  const all = (head >> 4) + input.number(bytes) * 16
  return { size: all % 2 ** width, packed: Math.floor(all / 2 ** width) }
}

/** One stream, or four of which the first three say how long they are. */
function unpacked(bytes: Uint8Array, huffman: Huffman, size: number, four: boolean): Uint8Array {
  const out = new Uint8Array(size)
  if (!four) {
    huffman.decode(bytes, out)
    return out
  }
  const part = (size + 3) >> 2
  if (bytes.length < 6 || 3 * part > size) throw corrupt()
  let at = 6
  for (let stream = 0; stream < 4; stream++) {
    const length = bytes[2 * stream]! + bytes[2 * stream + 1]! * 256
    const end = stream === 3 ? bytes.length : at + length
    if (end > bytes.length) throw corrupt()
    huffman.decode(bytes.subarray(at, end), out.subarray(part * stream, stream === 3 ? size : part * (stream + 1)))
    at = end
  }
  return out
}
