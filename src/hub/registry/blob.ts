import { joinBytes } from '../../storage/join-bytes.ts'

/** A blob's bytes as they came: parts that are never copied, since fresh memory costs more than a digest. */
export type Blob = readonly Uint8Array[]

export const sizeOf = (blob: Blob): number => blob.reduce((size, { length }) => size + length, 0)

/** The bytes from `from` up to and without `to`, as views. */
export function sliceOf(blob: Blob, from: number, to: number): Blob {
  const parts: Uint8Array[] = []
  let at = 0
  for (const part of blob) {
    const own = part.subarray(Math.max(0, from - at), Math.max(0, to - at))
    if (own.length > 0) parts.push(own)
    at += part.length
  }
  return parts
}

const joined = new WeakMap<Blob, Uint8Array>()

/** In one piece, for those who look into it. */
export function wholeOf(blob: Blob): Uint8Array {
  if (blob.length === 1) return blob[0]!
  const known = joined.get(blob)
  if (known) return known
  const whole = joinBytes(blob)
  joined.set(blob, whole)
  return whole
}
