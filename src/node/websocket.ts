import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { acceptKey, BINARY, readWebsocket, TEXT, websocketClose, websocketFrame } from '../http/websocket.ts'
import { takeOver } from '../runtime/carry.ts'
import type { Served } from '../runtime/served.ts'
import type { Tank } from './tank.ts'

/** As runOver, but in frames: each piece of output is a message, each message of the client is input. */
export function runWebsocket(
  tank: Tank,
  served: Extract<Served, { kind: 'hijack' }>,
  { headers }: IncomingMessage,
  socket: Duplex,
): void {
  const key = acceptKey(headers['sec-websocket-key'] ?? '')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  )
  const opcode = served.upgrade.protocol === 'websocket-text' ? TEXT : BINARY
  const peer = takeOver(tank, served, {
    write: (bytes) => !socket.writable || socket.write(websocketFrame(bytes, opcode)),
    end: () => {
      if (socket.writable) socket.end(websocketClose)
      socket.resume()
    },
  })
  let rest: Uint8Array = new Uint8Array()
  socket.on('data', (bytes: Uint8Array) => {
    const received = readWebsocket(rest, bytes)
    rest = received.rest
    for (const answer of received.answers) socket.write(answer)
    for (const payload of received.payloads) peer.bytes(payload)
    if (received.closed) peer.halfClosed()
  })
  socket.resume()
  socket.on('end', peer.halfClosed)
  socket.on('drain', peer.drained)
  socket.on('close', peer.left)
}
