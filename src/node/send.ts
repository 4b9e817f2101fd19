import type { ServerResponse } from 'node:http'
import type { HeaderPairs } from '../http/reply.ts'
import { carry, whenKnown } from '../runtime/carry.ts'
import type { Encoded } from '../runtime/encode.ts'
import type { Served } from '../runtime/served.ts'
import type { Tank } from './tank.ts'
import { together } from './together.ts'

/** What was served, through node's response. */
export function send(tank: Tank, served: Exclude<Served, { kind: 'hijack' }>, res: ServerResponse): void {
  res.sendDate = false
  if (served.kind === 'answer') {
    sendWhole(tank, served.answer, res)
    tank.kick()
  } else if (served.kind === 'later') {
    const left = whenKnown(tank, served, (known) => (known ? send(tank, known, res) : res.destroy()))
    res.once('close', left)
  } else sendStream(tank, served, res)
}

function sendWhole(tank: Tank, { status, headers, body }: Encoded, res: ServerResponse): void {
  if (res.destroyed) return
  if (headers.some(isRaw)) return sendRaw(status, body, res)
  const bare = status === 204 || status === 304
  const head = flat(headers, tank)
  if (!bare && !named(headers, 'content-length')) head.push('Content-Length', String(sizeOf(body)))
  res.writeHead(status, head)
  const parts = bare || res.req.method === 'HEAD' ? [] : body
  together(() => (parts.length === 1 ? sendPart(parts[0]!, res) : sendParts(parts, res)))
}

const isRaw = ([, value]: HeaderPairs[number]) => value === RAW
const RAW = 'application/vnd.docker.raw-stream'

/** attach has taken the connection over already when it refuses: no length, no other header, and it is closed. */
function sendRaw(status: number, body: readonly Uint8Array[], res: ServerResponse): void {
  res.shouldKeepAlive = false
  res.removeHeader('Connection')
  res.removeHeader('Transfer-Encoding')
  res.writeHead(status, ['Content-Type', RAW])
  for (const part of body) res.write(part)
  res.end()
}

/** Up to this size it costs less to copy a body into the packet of its head than to send two pieces. */
const SHORT = 16_384

function sendPart(part: Uint8Array, res: ServerResponse): void {
  if (part.length > SHORT) res.end(part)
  else res.end(Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1'), 'latin1')
}

/** The parts go out as the client takes them; they are views of stored bytes, never copied. */
function sendParts(parts: readonly Uint8Array[], res: ServerResponse): void {
  let next = 0
  const more = () => {
    while (next < parts.length && !res.destroyed) if (!res.write(parts[next++])) return void res.once('drain', more)
    res.end()
  }
  more()
}

/** `docker run` opens `wait` before `start` and needs the head at once. */
function sendStream(tank: Tank, served: Extract<Served, { kind: 'stream' }>, res: ServerResponse): void {
  res.writeHead(served.status, flat(served.headers, tank))
  res.flushHeaders()
  const reader = carry(tank, served, { write: (bytes) => res.write(bytes), end: () => res.end() })
  res.on('drain', reader.drained)
  res.once('close', reader.left)
}

/** Go puts its own headers after the daemon's. The date is the tank's: the same requests give the same bytes. */
function flat(headers: HeaderPairs, tank: Tank): string[] {
  const head: string[] = []
  for (const [name, value] of headers) head.push(name, value)
  head.push('Date', httpDate(tank.clock.now))
  return head
}

const named = (headers: HeaderPairs, name: string) => headers.some(([key]) => key.toLowerCase() === name)
const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0)

let second = Number.NaN
let text = ''

function httpDate(microseconds: number): string {
  const now = Math.floor(microseconds / 1e6)
  if (now !== second) {
    second = now
    text = new Date(now * 1000).toUTCString()
  }
  return text
}
