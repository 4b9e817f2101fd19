import type { Server } from 'node:http'
import type { AddressInfo, ListenOptions, Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { createServer } from './server.ts'
import { checkSocketPath, removeStale } from './socket-file.ts'
import type { Tank } from './tank.ts'

/** Where `listen` opens a door: a TCP port of this machine, or a unix socket. */
export interface ListenWhere {
  /** A TCP port; 0 (the default) is any free one. */
  readonly port?: number
  /** The address to listen on. Default `127.0.0.1`: others on the network do not get in unless you say so. */
  readonly host?: string
  /** A unix socket instead. A file left behind by a dead server is replaced. */
  readonly socketPath?: string
  /** Key, certificate and the like: the port speaks TLS. */
  readonly tls?: TlsOptions
}

/** A door that is open. */
export interface Listening {
  /** For `DOCKER_HOST`: `tcp://127.0.0.1:2375`, `unix:///run/tank.sock`. */
  readonly dockerHost: string
  /** For HTTP clients: `http://127.0.0.1:2375`; of a unix socket the same as `dockerHost`. */
  readonly url: string
  readonly address: AddressInfo | string
  /** Ends all connections; the socket file is removed. */
  close(): Promise<void>
}

/**
 * A real socket in front of a tank: TCP on loopback, or a unix socket.
 *
 * @example
 * const { dockerHost, close } = await listen(tank, { socketPath: '/tmp/tank.sock' })
 */
export async function listen(tank: Tank, where: ListenWhere = {}): Promise<Listening> {
  const server = createServer(tank, where.tls)
  const close = await open(server, where)
  return { ...named(server, where), close }
}

/** Binds the server; gives what ends it and all of its connections. */
export async function open(server: Server, where: ListenWhere): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await bind(server, where)
  return () => close(server, sockets)
}

async function bind(server: Server, { port = 0, host = '127.0.0.1', socketPath }: ListenWhere): Promise<void> {
  if (socketPath === undefined) return listening(server, { port, host }, `${host}:${port}`)
  checkSocketPath(socketPath)
  try {
    await listening(server, { path: socketPath }, socketPath)
  } catch (error) {
    if (!isTaken(error) || !(await removeStale(socketPath))) throw error
    await listening(server, { path: socketPath }, socketPath)
  }
}

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

function listening(server: Server, options: ListenOptions, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (isTaken(error)) error.message = `${name} is already in use`
      reject(error)
    }
    server.once('error', failed)
    server.listen(options, () => {
      server.off('error', failed)
      resolve()
    })
  })
}

function named(server: Server, { tls }: ListenWhere): Omit<Listening, 'close'> {
  const address = server.address()!
  if (typeof address === 'string') return { address, url: `unix://${address}`, dockerHost: `unix://${address}` }
  const authority = authorityOf(address)
  return { address, url: `${tls ? 'https' : 'http'}://${authority}`, dockerHost: `tcp://${authority}` }
}

export const authorityOf = ({ family, address, port }: AddressInfo): string =>
  `${family === 'IPv6' ? `[${address}]` : address}:${port}`

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}
