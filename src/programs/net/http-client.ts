import { headersOf, headOf, unchunk } from '../http.ts'
import { concat, NO_BYTES, utf8 } from '../kernel/bytes.ts'
import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'

export interface Url {
  readonly scheme: string
  readonly user: string | undefined
  readonly host: string
  readonly port: number
  /** Path and query. */
  readonly target: string
}

export function parseUrl(text: string): Url | undefined {
  const found = /^(?:([a-z]+):\/\/)?(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?#]+)(?::(\d+))?([/?][^#]*)?/i.exec(text)
  if (!found) return undefined
  const [, scheme = 'http', user, host = '', port, target = '/'] = found
  const known = scheme.toLowerCase()
  return {
    scheme: known,
    user,
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? (known === 'https' ? 443 : 80)),
    target: target.startsWith('/') ? target : `/${target}`,
  }
}

/** The Host header. */
export const authority = ({ host, port, scheme }: Url): string =>
  port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`

export interface Response {
  readonly status: number
  /** `HTTP/1.1 200 OK` */
  readonly line: string
  readonly headers: ReadonlyMap<string, string>
  /** The head as it came. */
  readonly head: string
  readonly body: Uint8Array
}

/** Sends a request over a connection that stands; undefined: the other side hung up without an answer. */
export function* exchange(
  sys: Sys,
  fd: number,
  {
    method,
    target,
    headers,
    body,
  }: { method: string; target: string; headers: readonly string[]; body: Uint8Array | undefined },
): Calls<Response | undefined> {
  const head = utf8([`${method} ${target} HTTP/1.1`, ...headers, '', ''].join('\r\n'))
  yield* sys.write(body ? concat(head, body) : head, fd)
  let kept: Uint8Array = NO_BYTES
  for (;;) {
    const more = yield* sys.read(fd)
    if (more) kept = concat(kept, more)
    const found = parseResponse(kept, method, more === undefined)
    if (found || more === undefined) return found
  }
}

function parseResponse(bytes: Uint8Array, method: string, ended: boolean): Response | undefined {
  const head = headOf(bytes)
  if (!head) return undefined
  const [line = '', ...rows] = head.text.split('\r\n')
  const headers = headersOf(rows)
  const status = Number(line.split(' ')[1] ?? 0)
  const body = bodyOf(bytes.subarray(head.length), status, method, headers, ended)
  return body && { status, line, headers, head: `${head.text}\r\n\r\n`, body }
}

function bodyOf(
  rest: Uint8Array,
  status: number,
  method: string,
  headers: ReadonlyMap<string, string>,
  ended: boolean,
): Uint8Array | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return NO_BYTES
  if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked')
    return unchunk(rest)?.bytes ?? (ended ? rest : undefined)
  const length = headers.get('content-length')
  if (length === undefined) return ended ? rest : undefined
  return rest.length >= Number(length) || ended ? rest.subarray(0, Number(length)) : undefined
}

/** Where a redirect leads. */
export function redirected(from: Url, location: string): string {
  if (/^[a-z]+:\/\//i.test(location)) return location
  if (location.startsWith('/')) return `${from.scheme}://${authority(from)}${location}`
  return `${from.scheme}://${authority(from)}${from.target.replace(/[^/]*$/, '')}${location}`
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function base64(text: string): string {
  const bytes = utf8(text)
  let out = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const word = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const four = [18, 12, 6, 0].map((shift) => ALPHABET[(word >> shift) & 63]!)
    out += four
      .slice(0, Math.min(4, bytes.length - at + 1))
      .join('')
      .padEnd(4, '=')
  }
  return out
}
