import type { Request as PlainRequest } from '../http/input.ts'
import type { HeaderPairs } from '../http/reply.ts'
import { carry, type Outlet, type Peer, type Reader, takeOver, whenKnown } from './carry.ts'
import type { Encoded } from './encode.ts'
import type { Served } from './served.ts'
import type { Door } from './wavetank.ts'

/** A native Request through the plain-data door, and its answer as a native Response. */
export async function respond(door: Door, request: Request): Promise<Response> {
  const body = request.body ? await bodyOf(request) : NOTHING
  return responseOf(door, door.serve(plainRequest(request, body)), request)
}

export const bodyOf = async (request: Request): Promise<Uint8Array> => new Uint8Array(await request.arrayBuffer())

/** A native Request as data. */
export function plainRequest(request: Request, body: Uint8Array): PlainRequest {
  const { method, url } = request
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.indexOf('#')
  return {
    method,
    target: url.slice(start, end < 0 ? undefined : end),
    headers: Object.fromEntries(request.headers),
    body,
    origin: url.slice(0, start),
  }
}

/** What of the client matters to an answer. */
export interface Asked {
  readonly method: string
  /** Aborted: the client is gone. */
  readonly signal?: AbortSignal
  /** Begin a stream with an empty chunk, for those that hold the head back until the first one. */
  readonly primed?: boolean
}

/** What was served, as a native Response: at once where the answer is known. */
export function responseOf(door: Door, served: Served, asked: Asked): Response | Promise<Response> {
  switch (served.kind) {
    case 'answer':
      door.kick()
      return whole(served.answer, asked)
    case 'later':
      return known(door, served, asked).then((known) => responseOf(door, known, asked))
    case 'stream':
      return new Response(streamOf(door, served, asked), { status: served.status, headers: headersOf(served.headers) })
    case 'hijack':
      return taken(door, served, asked)
  }
}

const NOTHING = new Uint8Array(0)
/** A record is read in half the time of a list of pairs, and can hold a name once only. */
function headersOf(headers: HeaderPairs): Record<string, string> | [string, string][] {
  const record = Object.fromEntries(headers)
  return Object.keys(record).length === headers.length ? record : (headers as [string, string][])
}

function whole({ status, headers, body }: Encoded, { method }: Asked): Response {
  const bare = status === 204 || status === 304
  const length = body.reduce((sum, part) => sum + part.length, 0)
  const named = bare || headers.some(([name]) => name.toLowerCase() === 'content-length')
  return new Response(bare || method === 'HEAD' ? null : joined(body), {
    status,
    headers: headersOf(named ? headers : [...headers, ['Content-Length', String(length)]]),
  })
}

/** The parts stay as they are: layers are not copied. */
function joined(parts: readonly Uint8Array[]): BodyInit | null {
  if (parts.length <= 1) return (parts[0] as Uint8Array<ArrayBuffer> | undefined) ?? null
  let next = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts[next++]
      if (part) controller.enqueue(part)
      else controller.close()
    },
  })
}

function known(door: Door, served: Extract<Served, { kind: 'later' }>, { signal }: Asked): Promise<Served> {
  return new Promise((resolve, reject) => {
    const left = whenKnown(door, served, (known) =>
      known
        ? resolve(known)
        : reject(signal?.reason ?? new TypeError(served.pump.finished ? 'fetch failed' : 'the tank was closed')),
    )
    signal?.addEventListener('abort', left, { once: true })
  })
}

/** The folded bytes as a stream that ends for good when the client leaves. It is opened when it is first read. */
function streamOf(
  door: Door,
  served: Extract<Served, { kind: 'stream' | 'hijack' }>,
  { signal, primed }: Asked,
): ReadableStream<Uint8Array> {
  let reader: Reader | undefined
  const open = (controller: ReadableStreamDefaultController<Uint8Array>): Reader =>
    carry(door, served, {
      write: (bytes) => {
        controller.enqueue(bytes)
        return (controller.desiredSize ?? 0) > 0
      },
      end: () => settle(controller, signal),
    })
  signal?.addEventListener('abort', () => served.pump.close(), { once: true })
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (primed) controller.enqueue(NOTHING)
      },
      pull(controller) {
        if (reader) reader.drained()
        else reader = open(controller)
      },
      cancel: () => served.pump.close(),
    },
    { highWaterMark: HELD_BYTES, size: (bytes) => bytes?.length ?? 0 },
  )
}

const HELD_BYTES = 64 * 1024

function settle(controller: ReadableStreamDefaultController<Uint8Array>, signal: AbortSignal | undefined): void {
  try {
    if (signal?.aborted) controller.error(signal.reason)
    else controller.close()
  } catch {
    // The reader has cancelled the stream already.
  }
}

/** A connection that can be taken over. */
export interface Hijack {
  readonly protocol: 'tcp' | 'websocket' | 'websocket-text'
  /** `Content-Type` of the head, with `Connection: Upgrade` and without. */
  readonly contentType: { readonly upgraded: string; readonly plain: string }
  /** Takes the connection over, both ways. The head must be out already, and the response's body is not to be read. */
  readonly run: (outlet: Outlet) => Peer
}

const HIJACK = Symbol.for('wavetank.hijack')

/** The function that a response to attach or exec start carries, for those who own the connection. */
export function hijackOf(response: Response): Hijack | undefined {
  return (response as { [HIJACK]?: Hijack })[HIJACK]
}

/** Whoever has no connection to give away reads the output as the body. */
function taken(door: Door, served: Extract<Served, { kind: 'hijack' }>, asked: Asked): Response {
  const { contentType, protocol } = served.upgrade
  const response = new Response(streamOf(door, served, asked), { headers: { 'Content-Type': contentType.plain } })
  const hijack: Hijack = { protocol, contentType, run: (outlet) => takeOver(door, served, outlet) }
  return Object.defineProperty(response, HIJACK, { value: hijack })
}
