import { fflate } from '#fflate'

/** One gzip member, the same bytes on every machine: no time, no name, and the OS byte is always Unix. */
export function gzip(bytes: Uint8Array, level: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 = 6): Uint8Array {
  const compressed = fflate().gzipSync(bytes, { level, mtime: 0 })
  compressed[9] = 3
  return compressed
}
