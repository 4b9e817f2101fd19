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
