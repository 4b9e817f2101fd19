import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { takeOver } from '../runtime/carry.ts'
import type { Served } from '../runtime/served.ts'
import type { Tank } from './tank.ts'
import { runWebsocket } from './websocket.ts'

type Hijacked = Extract<Served, { kind: 'hijack' }>

/** A connection that is ours: head, then raw bytes both ways. The client's FIN is the end of stdin, ours the end of the output. */
export function runOver(tank: Tank, served: Hijacked, req: IncomingMessage, socket: Duplex): void {
  if (served.upgrade.protocol !== 'tcp') {
    runWebsocket(tank, served, req, socket)
    return
  }
  socket.write(head(served, req))
  if (losesOutput(req)) setTimeout(() => speak(tank, served, socket), HEAD_ALONE_MS)
  else speak(tank, served, socket)
}

/**
 * docker-py, and docker-compose with it, reads the head through a buffer that it then throws away: output that came along is lost. An engine
 * takes longer to start a process.
 */
const losesOutput = ({ headers }: IncomingMessage) =>
  /docker-(sdk-python|py|compose)/i.test(headers['user-agent'] ?? '')
const HEAD_ALONE_MS = 50

function speak(tank: Tank, served: Hijacked, socket: Duplex): void {
  const peer = takeOver(tank, served, {
    write: (bytes) => !socket.writable || socket.write(bytes),
    end: () => {
      socket.end()
      // What the client still sends is of no use to anybody, but its FIN must be read for the socket to close.
      socket.resume()
    },
  })
  socket.on('data', peer.bytes)
  // Whoever read a body before has stopped it.
  socket.resume()
  socket.on('end', peer.halfClosed)
  socket.on('drain', peer.drained)
  socket.on('close', peer.left)
  if (socket.destroyed) peer.left()
  socket.resume()
}

/** In this order, and with nothing else: moby, daemon/server/router/container/container_routes.go. */
function head({ upgrade: { contentType } }: Hijacked, { headers }: IncomingMessage): string {
  return headers.upgrade === undefined
    ? `HTTP/1.1 200 OK\r\nContent-Type: ${contentType.plain}\r\n\r\n`
    : `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${contentType.upgraded}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`
}

/** What node's HTTP server keeps on a socket; none of it is documented. */
interface Parsed extends Duplex {
  parser?: { unconsume?(): void; remove?(): void; socket: unknown } | null
  _httpMessage?: unknown
  setTimeout?(milliseconds: number): void
}

/** Takes the socket away from node's parser, for the hijack without `Upgrade`. Leans on node's internals: pinned by a spec. */
export function detach({ socket }: IncomingMessage, res: ServerResponse): Duplex {
  const taken = socket as Parsed
  res.detachSocket(socket)
  const { parser } = taken
  if (parser) {
    parser.unconsume?.()
    parser.socket = null
    taken.parser = null
    parser.remove?.()
  }
  for (const event of ['data', 'end', 'drain', 'error', 'timeout', 'resume', 'pause', 'close'])
    taken.removeAllListeners(event)
  for (const patched of ['on', 'addListener', 'prependListener'])
    delete (taken as unknown as Record<string, unknown>)[patched]
  taken._httpMessage = null
  taken.setTimeout?.(0)
  taken.on('error', () => {})
  taken.pause()
  // Let the first `data` listener start the flow.
  ;(taken as unknown as { _readableState: { flowing: boolean | null } })._readableState.flowing = null
  return taken
}
