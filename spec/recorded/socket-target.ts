import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Exchange, Head, Outgoing, Target } from './target.ts'

export type Surroundings = Omit<Target, 'open'>

/** A raw HTTP/1.1 client over any connection: hijack with and without upgrade, half-close, HEAD, all as bytes. */
export const socketTarget = (dial: () => Duplex, surroundings: Surroundings): Target => ({
  ...surroundings,
  open: (request) => new SocketExchange(dial(), request),
})

/** A daemon behind a unix socket of this machine. Gaps are cut: nothing in the recordings needs longer ones. */
export const daemonTarget = (socketPath: string): Target =>
  socketTarget(() => connect(socketPath), {
    elapse: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 4000))),
    arrive: () => new Promise((resolve) => setTimeout(resolve, 3)),
    slow: true,
    now: () => Date.now(),
  })

const encoder = new TextEncoder()

class SocketExchange implements Exchange {
  head: Head | undefined
  ended = false
  readonly done: Promise<void>
  private readonly socket: Duplex
  private readonly method: string
  private buffer: Buffer = Buffer.alloc(0)
  private readonly pieces: Uint8Array[] = []
  private framing: Framing = { kind: 'close' }
  private finish!: () => void

  constructor(socket: Duplex, request: Outgoing) {
    this.socket = socket
    this.method = request.method
    this.done = new Promise((resolve) => {
      this.finish = () => {
        this.ended = true
        resolve()
      }
    })
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    // Whoever takes a connection over closes it whole: the end of what it says is the end.
    socket.on('end', () => this.finish())
    socket.on('end', () => this.close())
    socket.on('close', () => this.finish())
    socket.on('error', () => this.finish())
    socket.write(requestHead(request))
    if (request.body.length > 0) socket.write(request.body)
  }

  get body(): Uint8Array {
    return Buffer.concat(this.pieces)
  }

  write(bytes: Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes)
  }

  halfClose(): void {
    this.socket.end()
  }

  close(): void {
    this.socket.destroy()
    this.finish()
  }

  private receive(chunk: Buffer): void {
    this.buffer = this.buffer.length > 0 ? Buffer.concat([this.buffer, chunk]) : chunk
    while (!this.head) {
      const end = this.buffer.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = parseHead(this.buffer.subarray(0, end).toString('latin1'))
      this.buffer = this.buffer.subarray(end + 4)
      if (head.status >= 200 || head.status === 101) this.begin(head)
    }
    this.drain()
  }

  private begin(head: Head): void {
    this.head = head
    this.framing = framingOf(this.method, head)
  }

  private drain(): void {
    const { framing } = this
    if (framing.kind === 'chunked') this.drainChunks(framing)
    else if (framing.kind !== 'none') {
      this.pieces.push(this.buffer)
      if (framing.kind === 'length') framing.left -= this.buffer.length
      this.buffer = Buffer.alloc(0)
    }
    if (isWhole(framing)) this.close()
  }

  private drainChunks(framing: { last: boolean }): void {
    for (;;) {
      const line = this.buffer.indexOf('\r\n')
      if (line < 0) return
      const size = Number.parseInt(this.buffer.subarray(0, line).toString('latin1'), 16)
      if (this.buffer.length < line + 2 + size + 2) return
      framing.last = size === 0
      this.pieces.push(this.buffer.subarray(line + 2, line + 2 + size))
      this.buffer = this.buffer.subarray(line + 2 + size + 2)
    }
  }
}

const isWhole = (framing: Framing): boolean =>
  framing.kind === 'none' ||
  (framing.kind === 'length' && framing.left <= 0) ||
  (framing.kind === 'chunked' && framing.last)

type Framing =
  | { kind: 'none' }
  | { kind: 'chunked'; last: boolean }
  | { kind: 'length'; left: number }
  | { kind: 'close' }

function framingOf(method: string, { status, headers }: Head): Framing {
  if (status === 101) return { kind: 'close' }
  if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'none' }
  const of = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1]
  if (of('transfer-encoding')?.toLowerCase() === 'chunked') return { kind: 'chunked', last: false }
  const length = of('content-length')
  if (length === undefined) return { kind: 'close' }
  return length === '0' ? { kind: 'none' } : { kind: 'length', left: Number(length) }
}

function requestHead({ method, path, headers, body }: Outgoing): Uint8Array {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost']
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body.length > 0 || (method !== 'GET' && method !== 'HEAD')) lines.push(`Content-Length: ${body.length}`)
  return encoder.encode(`${lines.join('\r\n')}\r\n\r\n`)
}

function parseHead(text: string): Head {
  const [first, ...rest] = text.split('\r\n')
  const headers = rest.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return { status: Number(first!.split(' ')[1]), headers }
}
