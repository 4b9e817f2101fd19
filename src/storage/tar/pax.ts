import { invalidHeader } from '../archive-error.ts'
import { joinBytes } from '../join-bytes.ts'

/** Records of a PAX extended header; values are bytes, since extended attributes are. */
export type PaxRecords = ReadonlyMap<string, Uint8Array>

export const XATTR = 'SCHILY.xattr.'
/** Keys whose values are text and so may not hold a NUL. */
const TEXT_KEYS = new Set(['path', 'linkpath', 'uname', 'gname'])
const NEWLINE = 0x0a
const EQUALS = 0x3d
const SPACE = 0x20
const NANO = 1_000_000_000n

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const textOf = (value: Uint8Array): string => decoder.decode(value)

const SPARSE_KEYS = ['GNU.sparse.offset', 'GNU.sparse.numbytes'] as const

/** Reads `length key=value\n` records; the last one of a key counts, but the map of a sparse file is many of one key. */
export function parsePax(bytes: Uint8Array): Map<string, Uint8Array> {
  const records = new Map<string, Uint8Array>()
  const map: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at)
    const length = space < 0 ? 0 : decimal(decoder.decode(bytes.subarray(at, space)))
    const end = at + length
    if (length <= space - at + 1 || end > bytes.length || bytes[end - 1] !== NEWLINE) throw invalidHeader()
    const equals = bytes.indexOf(EQUALS, space)
    if (equals < 0 || equals >= end) throw invalidHeader()
    const key = decoder.decode(bytes.subarray(space + 1, equals))
    const value = bytes.subarray(equals + 1, end - 1)
    if (!isValid(key, value)) throw invalidHeader()
    if (key === SPARSE_KEYS[0] || key === SPARSE_KEYS[1]) {
      if (key !== SPARSE_KEYS[map.length % 2]) throw invalidHeader()
      map.push(textOf(value))
    } else records.set(key, value)
    at = end
  }
  if (map.length > 0) records.set('GNU.sparse.map', encoder.encode(map.join(',')))
  return records
}

function isValid(key: string, value: Uint8Array): boolean {
  if (key === '' || key.includes('\0')) return false
  return !TEXT_KEYS.has(key) || !value.includes(0)
}

/** Records in key order, as bytes. */
export function formatPax(records: ReadonlyMap<string, Uint8Array | string>): Uint8Array {
  const keys = [...records.keys()].sort()
  const parts = keys.map((key) => formatRecord(key, records.get(key)!))
  return joinBytes(parts)
}

function formatRecord(key: string, value: Uint8Array | string): Uint8Array {
  const name = encoder.encode(`${key}=`)
  const bytes = typeof value === 'string' ? encoder.encode(value) : value
  // A blank, the newline, and the length's own digits, which may make it longer by one.
  const bare = name.length + bytes.length + 2
  let length = bare + `${bare}`.length
  if (`${length}`.length !== `${bare}`.length) length = bare + `${length}`.length
  return joinBytes([encoder.encode(`${length} `), name, bytes, Uint8Array.of(NEWLINE)])
}

export function decimal(text: string): number {
  if (!/^-?\d+$/.test(text)) throw invalidHeader()
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw invalidHeader()
  return value
}

/** `1700000000.25` as nanoseconds; digits past the ninth are dropped. */
export function parsePaxTime(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text)
  if (!match) throw invalidHeader()
  const [, sign, seconds, fraction = ''] = match
  const nanos = BigInt(seconds!) * NANO + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  return sign ? -nanos : nanos
}

export function formatPaxTime(nanos: bigint): string {
  const magnitude = nanos < 0n ? -nanos : nanos
  const fraction = `${magnitude % NANO}`.padStart(9, '0').replace(/0+$/, '')
  return `${nanos < 0n ? '-' : ''}${magnitude / NANO}${fraction && `.${fraction}`}`
}
