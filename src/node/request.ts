import type { IncomingMessage } from 'node:http'
import type { Request } from '../http/input.ts'
import { Parts } from './parts.ts'

const NOTHING = new Uint8Array(0)

/** A request as data. Go's server joins repeated headers in the same way for all that Docker reads. */
export function plainRequest(req: IncomingMessage, body: Uint8Array = NOTHING): Request {
  const { method = 'GET', url = '/', headers } = req
  const scheme = 'encrypted' in req.socket && req.socket.encrypted ? 'https' : 'http'
  // A client that takes us for its proxy sends the whole address.
  const start = url.startsWith('/') ? 0 : Math.max(0, url.indexOf('/', url.indexOf('://') + 3))
  return {
    method,
    target: url.slice(start),
    headers: headers as Record<string, string>,
    body,
    origin: start > 0 ? url.slice(0, start) : `${scheme}://${headers.host ?? 'localhost'}`,
  }
}

export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/** The whole body, of which no more than `limit` is kept; nothing is given when the client leaves in the middle of it. */
export function gather(req: IncomingMessage, give: (body: Uint8Array) => void, limit = Number.POSITIVE_INFINITY): void {
  const parts = new Parts()
  req.on('data', (part: Buffer) => {
    if (parts.size < limit) parts.add(part)
  })
  req.on('end', () => give(parts.take()))
  req.on('error', () => {})
}
