import { concat, NO_BYTES, text, utf8 } from './kernel/bytes.ts'

export interface HttpRequest {
  readonly method: string
  /** With the query. */
  readonly target: string
  /** Without the query. */
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
  /** Whether the connection stays open after the answer. */
  readonly keepAlive: boolean
}

export interface HttpAnswer {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

const WORDS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  416: 'Requested Range Not Satisfiable',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

export const statusText = (status: number): string => WORDS[status] ?? 'Unknown'

/** The first whole request in the bytes, and what comes after it; undefined: more is needed. */
export function parseRequest(
  bytes: Uint8Array,
): { readonly request: HttpRequest; readonly rest: Uint8Array } | undefined {
  const head = headOf(bytes)
  if (!head) return undefined
  const [line = '', ...rows] = head.text.split('\r\n')
  const [method = '', target = '/', version = ''] = line.split(' ')
  const headers = headersOf(rows)
  const body = bodyOf(bytes.subarray(head.length), headers)
  if (!body) return undefined
  const connection = headers.get('connection')?.toLowerCase()
  const request: HttpRequest = {
    method,
    target,
    path: target.split('?')[0]!,
    headers,
    body: body.bytes,
    keepAlive: version === 'HTTP/1.0' ? connection === 'keep-alive' : connection !== 'close',
  }
  return { request, rest: body.rest }
}

/** The head up to the blank line, without it; lines that end in a bare new line are taken too, as nginx does. */
export function headOf(bytes: Uint8Array): { readonly text: string; readonly length: number } | undefined {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1] === 13 ? at + 2 : at + 1
    if (bytes[next] === 10)
      return { text: text(bytes.subarray(0, at)).replace(/\r?\n/g, '\r\n').replace(/\r$/, ''), length: next + 1 }
  }
  return undefined
}

export const headersOf = (rows: readonly string[]): Map<string, string> =>
  new Map(
    rows.flatMap((row): [string, string][] => {
      const colon = row.indexOf(':')
      return colon < 0 ? [] : [[row.slice(0, colon).trim().toLowerCase(), row.slice(colon + 1).trim()]]
    }),
  )

type Body = { readonly bytes: Uint8Array; readonly rest: Uint8Array }

function bodyOf(bytes: Uint8Array, headers: ReadonlyMap<string, string>): Body | undefined {
  if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') return unchunk(bytes)
  const length = Number(headers.get('content-length') ?? 0)
  return bytes.length < length ? undefined : { bytes: bytes.subarray(0, length), rest: bytes.subarray(length) }
}

/** The whole of a chunked body; undefined: more is needed. */
export function unchunk(bytes: Uint8Array): Body | undefined {
  const parts: Uint8Array[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf(10, at)
    if (end < 0) return undefined
    const size = Number.parseInt(text(bytes.subarray(at, end)), 16) || 0
    if (bytes.length < end + 1 + size + 2) return undefined
    if (size === 0) return { bytes: parts.length > 0 ? concat(...parts) : NO_BYTES, rest: bytes.subarray(end + 3) }
    parts.push(bytes.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 2
  }
}

/** An answer's bytes. HEAD gets the head only. */
export function httpBytes({ status = 200, headers = {}, body = '' }: HttpAnswer, method = 'GET'): Uint8Array {
  const content = typeof body === 'string' ? utf8(body) : body
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const lines = [
    `HTTP/1.1 ${status} ${statusText(status)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  const bodiless = status === 204 || status === 304
  if (!bodiless && !named.has('content-length')) lines.push(`Content-Length: ${content.length}`)
  if (!bodiless && !named.has('content-type') && content.length > 0)
    lines.push('Content-Type: text/plain; charset=utf-8')
  const head = utf8(`${lines.join('\r\n')}\r\n\r\n`)
  return method === 'HEAD' || bodiless ? head : concat(head, content)
}

/** Answers all whole requests in what has come so far; `rest` is kept for the next time. */
export function answerHttp(
  kept: Uint8Array,
  bytes: Uint8Array,
  respond: (request: HttpRequest) => HttpAnswer,
): { readonly answer: Uint8Array; readonly rest: Uint8Array; readonly keepAlive: boolean } {
  let rest = kept.length > 0 ? concat(kept, bytes) : bytes
  const answers: Uint8Array[] = []
  let keepAlive = true
  for (let parsed = parseRequest(rest); parsed; parsed = parseRequest(rest)) {
    answers.push(httpBytes(respond(parsed.request), parsed.request.method))
    keepAlive = parsed.request.keepAlive
    rest = parsed.rest
  }
  return { answer: answers.length > 0 ? concat(...answers) : NO_BYTES, rest, keepAlive }
}
