import type { PortChange } from '../runtime/machines/switch.ts'
import type { Wavetank } from '../runtime/wavetank.ts'

/** What is needed of a tank to answer for what its containers publish. */
export type Publisher = Pick<Wavetank, 'watchPorts' | 'connect'>

/** The names under which a published port of this machine is asked for. */
const HERE = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])

/** The published ports of running containers, for requests to `http://localhost:<port>`. */
export class PublishedPorts {
  readonly #tank: Publisher
  readonly #open = new Map<string, PortChange>()

  constructor(tank: Publisher) {
    this.#tank = tank
    tank.watchPorts((change) => {
      const { port } = change
      if (port.protocol !== 'tcp') return
      if (change.change === 'open') this.#open.set(String(port.hostPort), change)
      else this.#open.delete(String(port.hostPort))
    })
  }

  has({ url }: Request): boolean {
    const { protocol, hostname, port } = new URL(url)
    return protocol === 'http:' && HERE.has(hostname) && this.#open.has(port || '80')
  }

  /** What the program in the container answers; an error of the network where it hangs up before it has. */
  async answer(request: Request): Promise<Response> {
    const { container, port } = this.#open.get(new URL(request.url).port || '80')!
    const sent = await requestBytes(request)
    const bytes = await new Promise<Uint8Array>((resolve) => {
      const parts: Uint8Array[] = []
      const whole = () => resolve(joined(parts))
      const connection = this.#tank.connect(container, port.containerPort, {
        data: (part) => void parts.push(part.slice()),
        end: whole,
        close: whole,
      })
      if (!connection) return whole()
      connection.write(sent)
      request.signal.addEventListener('abort', () => connection.close())
    })
    return responseOf(bytes, request.method)
  }
}

/** One request as on a wire. The connection is for it alone. */
async function requestBytes(request: Request): Promise<Uint8Array> {
  const { host, pathname, search } = new URL(request.url)
  const body = new Uint8Array(await request.arrayBuffer())
  const headers = new Headers(request.headers)
  headers.set('host', host)
  headers.set('connection', 'close')
  headers.delete('transfer-encoding')
  if (body.length > 0 || !['GET', 'HEAD'].includes(request.method)) headers.set('content-length', String(body.length))
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const head = new TextEncoder().encode(`${request.method} ${pathname}${search} HTTP/1.1\r\n${lines}\r\n`)
  return joined([head, body])
}

const BODILESS = new Set([101, 204, 205, 304])

function responseOf(bytes: Uint8Array, method: string): Response {
  const end = headEnd(bytes)
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, Math.max(0, end)))
  const [line = '', ...fields] = head.split('\r\n')
  const [, status, words = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line) ?? []
  const code = Number(status)
  if (end < 0 || !(code >= 200 && code <= 599)) return Response.error()
  const headers = new Headers()
  for (const field of fields) {
    const colon = field.indexOf(':')
    if (colon > 0) headers.append(field.slice(0, colon), field.slice(colon + 1).trim())
  }
  const rest = bytes.slice(end + 4)
  const isChunked = headers.get('transfer-encoding')?.toLowerCase() === 'chunked'
  headers.delete('transfer-encoding')
  const empty = method === 'HEAD' || BODILESS.has(code)
  return new Response(empty ? null : isChunked ? unchunked(rest) : rest, { status: code, statusText: words, headers })
}

function headEnd(bytes: Uint8Array): number {
  for (let at = 0; at + 3 < bytes.length; at++)
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at
  return -1
}

function unchunked(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf(10, at)
    const size = Number.parseInt(new TextDecoder().decode(bytes.subarray(at, line)), 16)
    if (line < 0 || !(size > 0)) break
    parts.push(bytes.subarray(line + 1, line + 1 + size))
    at = line + 1 + size + 2
  }
  return joined(parts)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
