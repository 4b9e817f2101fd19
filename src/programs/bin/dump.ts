import { joinBytes } from '../../storage/join-bytes.ts'
import { NO_BYTES } from '../kernel/bytes.ts'
import { parseCount } from './head.ts'

/** Bytes in rows; repeated rows show as one `*`. */
export function* rows(
  bytes: Uint8Array,
  width: number,
  squeeze: boolean,
): Generator<{ offset: number; row: Uint8Array } | '*'> {
  let last: string | undefined
  let starred = false
  for (let offset = 0; offset < bytes.length; offset += width) {
    const row = bytes.subarray(offset, offset + width)
    const key = row.length === width ? row.join() : undefined
    if (squeeze && key !== undefined && key === last) {
      if (!starred) yield '*'
      starred = true
      continue
    }
    starred = false
    last = key
    yield { offset, row }
  }
}

export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0')
export const printable = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')

/** The unsigned number of so many bytes, little end first; missing ones are zero. */
export function littleEndian(row: Uint8Array, at: number, size: number): bigint {
  let value = 0n
  for (let index = size - 1; index >= 0; index--) value = (value << 8n) | BigInt(row[at + index] ?? 0)
  return value
}

/** A unit of so many bytes in so many columns. */
export interface Unit {
  readonly size: number
  readonly width: number
  show(row: Uint8Array, at: number): string
}

/** What stands for bytes that C has an escape for. */
const NAMES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}
/** A character, its escape, or its number in octal. */
const character = (byte: number): string =>
  NAMES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))

export const CHARACTERS: Unit = { size: 1, width: 4, show: (row, at) => character(row[at]!) }

/** The bytes from `skip` on, at most `limit`. */
export function section(contents: readonly Uint8Array[], skip: number, limit: string | undefined): Uint8Array {
  const all = contents.length > 0 ? joinBytes(contents) : NO_BYTES
  return all.subarray(skip, limit === undefined ? undefined : skip + (parseCount(limit) ?? 0))
}
