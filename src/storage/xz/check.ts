import { sha256 } from '#sha256'
import { crc32 } from '../gzip/crc32.ts'
import { crc64 } from './crc64.ts'
import { unsupported } from './invalid.ts'

/** What stands behind each block, so that an error in it is noticed. */
export interface Check {
  readonly size: number
  of(content: Uint8Array): Uint8Array
}

const CHECKS: Readonly<Record<number, Check>> = {
  0: { size: 0, of: () => new Uint8Array(0) },
  1: { size: 4, of: (content) => littleEndian(crc32(content)) },
  4: { size: 8, of: crc64 },
  10: { size: 32, of: (content) => Uint8Array.from(sha256(content).match(/../g)!, (hex) => Number.parseInt(hex, 16)) },
}

const littleEndian = (value: number) => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)

/** By the number in the stream's header. */
export function checkOf(type: number): Check {
  const check = CHECKS[type]
  if (!check) throw unsupported()
  return check
}

export const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
