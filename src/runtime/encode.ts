import { jsonBody, utf8 } from '../http/json-lines.ts'
import type { Answer, HeaderPairs } from '../http/reply.ts'

/** An answer as bytes. */
export interface Encoded {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: readonly Uint8Array[]
}

const named = (headers: HeaderPairs, name: string) => headers.some(([key]) => key.toLowerCase() === name)

/** Adds the common headers and the Content-Type that Go would set. */
export function encode(answer: Answer, common: HeaderPairs = []): Encoded {
  const headers = [...common, ...(answer.headers ?? [])]
  const typed = named(headers, 'content-type')
  if (answer.json !== undefined) {
    if (!typed) headers.push(['Content-Type', 'application/json'])
    return { status: answer.status, headers, body: [jsonBody(answer.json)] }
  }
  if (answer.text !== undefined) {
    if (!typed) headers.push(['Content-Type', 'text/plain; charset=utf-8'])
    return { status: answer.status, headers, body: [utf8(answer.text)] }
  }
  return { status: answer.status, headers, body: answer.bytes ?? [] }
}
