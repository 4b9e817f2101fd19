import { text } from '../kernel/bytes.ts'
import { Buffer, view } from './buffer.ts'
import type { Result, Row } from './postgres-query.ts'

/** Messages of PostgreSQL's protocol 3.0. */
export function message(type: string, body: Buffer = new Buffer()): Uint8Array {
  const content = body.done()
  return new Buffer()
    .text(type)
    .int32(content.length + 4)
    .bytes(content)
    .done()
}

export const SSL_REQUEST = 80_877_103
export const GSS_REQUEST = 80_877_104
export const CANCEL_REQUEST = 80_877_102

/** The first message has no type. */
export function parseStartup(
  bytes: Uint8Array,
): { code: number; params: Map<string, string>; length: number } | undefined {
  if (bytes.length < 8) return undefined
  const length = view(bytes).getInt32(0)
  if (bytes.length < length) return undefined
  const words = text(bytes.subarray(8, length)).split('\0')
  const params = new Map<string, string>()
  for (let at = 0; at + 1 < words.length && words[at] !== ''; at += 2) params.set(words[at]!, words[at + 1]!)
  return { code: view(bytes).getInt32(4), params, length }
}

export function parseMessage(bytes: Uint8Array): { type: string; body: Uint8Array; length: number } | undefined {
  if (bytes.length < 5) return undefined
  const length = view(bytes).getInt32(1) + 1
  if (bytes.length < length) return undefined
  return { type: String.fromCharCode(bytes[0]!), body: bytes.subarray(5, length), length }
}

export const authenticationOk = () => message('R', new Buffer().int32(0))
export const parameter = (name: string, value: string) => message('S', new Buffer().cstring(name).cstring(value))
export const backendKey = (pid: number) => message('K', new Buffer().int32(pid).int32(0))
export const ready = (status: string) => message('Z', new Buffer().text(status))
export const complete = (tag: string) => message('C', new Buffer().cstring(tag))

export function failure(severity: 'ERROR' | 'FATAL', code: string, words: string): Uint8Array {
  const body = new Buffer()
  for (const [field, value] of [
    ['S', severity],
    ['V', severity],
    ['C', code],
    ['M', words],
  ] as const)
    body.text(field).cstring(value)
  return message('E', body.int8(0))
}

export function rowDescription({ columns }: Result): Uint8Array {
  const body = new Buffer().int16(columns.length)
  for (const { name, type, size } of columns)
    body.cstring(name).int32(0).int16(0).int32(type).int16(size).int32(-1).int16(0)
  return message('T', body)
}

export function dataRow(row: Row): Uint8Array {
  const body = new Buffer().int16(row.length)
  for (const value of row) {
    if (value === null) body.int32(-1)
    else {
      const bytes = new TextEncoder().encode(value)
      body.int32(bytes.length).bytes(bytes)
    }
  }
  return message('D', body)
}

/** The parameters of a Bind message, as texts. */
export function parseBind(body: Uint8Array): { portal: string; statement: string; values: (string | null)[] } {
  const data = view(body)
  let at = 0
  const cstring = () => {
    const end = body.indexOf(0, at)
    const found = text(body.subarray(at, end))
    at = end + 1
    return found
  }
  const portal = cstring()
  const statement = cstring()
  at += 2 + 2 * data.getInt16(at)
  const count = data.getInt16(at)
  at += 2
  const values = Array.from({ length: count }, () => {
    const length = data.getInt32(at)
    at += 4
    if (length < 0) return null
    at += length
    return text(body.subarray(at - length, at))
  })
  return { portal, statement, values }
}
