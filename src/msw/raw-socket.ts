import type { ClientRequest } from 'node:http'
import { Duplex, Readable } from 'node:stream'
import { HttpResponse } from 'msw'
import { type Peer, takeOver } from '../runtime/carry.ts'
import type { Served } from '../runtime/served.ts'
import type { Door } from '../runtime/wavetank.ts'

/**
 * The hijack inside MSW's interception: MSW gives the client a socket that has no other side, and this makes one. It
 * leans on MSW's and node's internals, so all of it is in this file: the client's `_write` and `_final` become ours, and what we
 * send is pushed past MSW's own `push`, which would parse it as HTTP.
 */
export type Hijacked = Extract<Served, { kind: 'hijack' }>

type ClientSocket = Omit<Duplex, '_writev' | 'write' | 'end'> & { _writev: unknown; write: unknown; end: unknown }

const HELD_BYTES = 64 * 1024

/** `Connection: Upgrade`: 101, then raw bytes both ways on the client's own socket. */
export function upgraded(door: Door, served: Hijacked, request: ClientRequest): Response {
  // Nothing may come before the client has read the head.
  request.prependOnceListener('upgrade', () => bothWays(door, served, request.socket as unknown as ClientSocket))
  return new HttpResponse(null, {
    status: 101,
    statusText: 'UPGRADED',
    headers: { 'Content-Type': served.upgrade.contentType.upgraded, Connection: 'Upgrade', Upgrade: 'tcp' },
  })
}

function bothWays(door: Door, served: Hijacked, client: ClientSocket): void {
  const out = new Outgoing(client)
  const peer = takeOver(door, served, out)
  out.drained = peer.drained
  fromClient(client, peer)
  client.once('close', peer.left)
}

/** Bytes for the client, given over on the next tick: its code must not run in the middle of the tank. */
class Outgoing {
  drained: () => void = () => {}
  #queue: (Uint8Array | null)[] = []
  #size = 0
  readonly #client: ClientSocket

  constructor(client: ClientSocket) {
    this.#client = client
    const read = client._read
    client._read = (size) => {
      read.call(client, size)
      process.nextTick(() => this.drained())
    }
  }

  write(bytes: Uint8Array): boolean {
    this.#send(bytes)
    this.#size += bytes.length
    return this.#size + this.#client.readableLength < HELD_BYTES
  }

  end(): void {
    this.#send(null)
  }

  #send(bytes: Uint8Array | null): void {
    if (this.#queue.push(bytes) === 1) process.nextTick(() => this.#flush())
  }

  #flush(): void {
    for (const bytes of this.#queue.splice(0)) {
      if (this.#client.destroyed) return
      if (bytes) this.#size -= bytes.length
      Readable.prototype.push.call(this.#client, bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
    }
  }
}

/** All that the client writes from now on is input; its `end` is the half-close. */
function fromClient(client: ClientSocket, peer: Peer): void {
  client.write = Duplex.prototype.write
  client.end = Duplex.prototype.end
  client._writev = null
  client._write = (chunk: Buffer | string, encoding, done) => {
    peer.bytes(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
    done()
  }
  client._final = (done) => {
    peer.halfClosed()
    done()
    // MSW gives `end` to its listeners late.
    if (client.readableEnded) setImmediate(() => client.destroy())
  }
  client.once('end', () => {
    if (client.writableFinished) setImmediate(() => client.destroy())
  })
}

/** Without `Upgrade`: the output is an ordinary body, and what the client writes after its own body is the input. */
export function plain(door: Door, served: Hijacked, request: ClientRequest): Response {
  let peer: Peer | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Else MSW holds the head back until there is output.
        controller.enqueue(new Uint8Array(0))
        request.prependOnceListener('response', () => {
          const client = request.socket as unknown as ClientSocket
          peer = takeOver(door, served, {
            write: (bytes) => {
              controller.enqueue(bytes)
              return (controller.desiredSize ?? 0) > 0
            },
            end: () => closed(controller),
          })
          fromClient(client, peer)
          client.once('close', peer.left)
        })
      },
      pull: () => peer?.drained(),
      cancel: () => served.pump.close(),
    },
    { highWaterMark: HELD_BYTES, size: (bytes) => bytes?.length ?? 0 },
  )
  return new HttpResponse(body, { headers: { 'Content-Type': served.upgrade.contentType.plain } })
}

function closed(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close()
  } catch {
    // The reader has cancelled the stream already.
  }
}
