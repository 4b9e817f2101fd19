import http, { type IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import type { TlsOptions } from 'node:tls'
import type { Request } from '../http/input.ts'
import type { Served } from '../runtime/served.ts'
import { gather, hasBody, plainRequest } from './request.ts'
import { send } from './send.ts'
import { serve } from './serve.ts'
import { takeIn } from './take-in.ts'
import { detach, runOver } from './taken.ts'
import type { Tank } from './tank.ts'
import { untilLength } from './until-length.ts'

/** Long answers stay open as long as they like, and X-Registry-Auth may be long. */
const OPTIONS = {
  requestTimeout: 0,
  headersTimeout: 0,
  keepAliveTimeout: 0,
  connectionsCheckingInterval: 2 ** 31 - 1,
  maxHeaderSize: 1 << 20,
}

/** A node server over `tank.serve`; it does not listen yet. */
export function createServer(tank: Tank, tls?: TlsOptions): http.Server {
  const server = tls ? https.createServer({ ...OPTIONS, ...tls }) : http.createServer(OPTIONS)
  server.on('request', (req, res) => onRequest(tank, req, res))
  server.on('upgrade', (req, socket, head) => onUpgrade(tank, req, socket, head))
  return server
}

function onRequest(tank: Tank, req: IncomingMessage, res: ServerResponse): void {
  const head = plainRequest(req)
  if (!hasBody(req)) return answer(tank, req, res, head)
  const intake = tank.intake(head)
  if (intake?.pieces) takeIn(tank, req, res, intake.pieces)
  else gather(req, (body) => answer(tank, req, res, { ...head, body }), intake?.limit)
}

function answer(tank: Tank, req: IncomingMessage, res: ServerResponse, request: Request): void {
  const served = serve(tank, request)
  if (served.kind !== 'hijack') send(tank, served, res)
  // The parser is still in the middle of this packet.
  else process.nextTick(() => runOver(tank, served, req, detach(req, res)))
}

/** With an Upgrade node gives the socket away before the body is read: what follows the body is the client's early input. */
function onUpgrade(tank: Tank, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => {})
  untilLength(socket, head, bodyLength(req), (body, rest) => {
    const served = serve(tank, plainRequest(req, body))
    if (served.kind === 'hijack') {
      if (rest.length > 0) socket.unshift(rest)
      runOver(tank, served, req, socket)
    } else refuseUpgrade(tank, served, req, socket)
  })
}

/** dockerode never ends a chunked body that comes with an Upgrade. */
function bodyLength({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : 0
}

function refuseUpgrade(
  tank: Tank,
  served: Exclude<Served, { kind: 'hijack' }>,
  req: IncomingMessage,
  socket: Duplex,
): void {
  const res = new ServerResponse(req)
  res.shouldKeepAlive = false
  res.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0])
  res.on('finish', () => {
    res.detachSocket(socket as Parameters<ServerResponse['detachSocket']>[0])
    socket.end()
    socket.resume()
  })
  send(tank, served, res)
}
