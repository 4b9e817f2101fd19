import { jsonBody, utf8 } from '../http/json-lines.ts'
import type { Answer, HeaderPairs } from '../http/reply.ts'

/** An answer as bytes. */
export interface Encoded {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: readonly Uint8Array[]
}

const named = (headers: HeaderPairs, name: string) => headers.some(([key]) => key.toLowerCase() === name)
const NOTHING: readonly Uint8Array[] = []

/** Adds the common headers and the Content-Type that Go would set. */
export function encode({ status, headers = [], json, text, bytes }: Answer, common: HeaderPairs = []): Encoded {
  const typed = (type: string): HeaderPairs =>
    named(headers, 'content-type') ? headers : [...headers, ['Content-Type', type]]
  if (json !== undefined) return { status, headers: [...common, ...typed('application/json')], body: [jsonBody(json)] }
  if (text !== undefined)
    return { status, headers: [...common, ...typed('text/plain; charset=utf-8')], body: [utf8(text)] }
  return { status, headers: headers.length === 0 ? common : [...common, ...headers], body: bytes ?? NOTHING }
}
