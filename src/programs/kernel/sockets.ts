import { NO_BYTES } from './bytes.ts'
import { CallError } from './errno.ts'
import type { Kernel } from './kernel.ts'
import { type Listener, listener, type Protocol } from './listener.ts'
import { isLoopback } from './loopback.ts'
import { take } from './pipe.ts'
import { wake } from './run.ts'
import { type Endpoint, SOCKET_CAPACITY, type Socket, socket } from './socket.ts'
import { dequeue, type Waiters } from './waiters.ts'

/** How a listener is known: one for each port and protocol. */
const listenerKey = (port: number, proto: Protocol): string => `${port}/${proto}`

/** Whether `host` is this very machine. */
export const isLocal = (kernel: Kernel, host: string): boolean =>
  isLoopback(host) || host === '0.0.0.0' || kernel.addresses.includes(host)

function wakeAll(kernel: Kernel, waiters: Waiters): void {
  for (const process of dequeue(waiters)) wake(kernel, process)
}

function wakeBoth(kernel: Kernel, socket: Socket): void {
  wakeAll(kernel, socket.canRead)
  wakeAll(kernel, socket.canWrite)
}

export function openListener(kernel: Kernel, host: string, port: number, proto: Protocol): Listener {
  const wanted = port === 0 ? ephemeral(kernel) : port
  const key = listenerKey(wanted, proto)
  if (kernel.listeners.has(key) || kernel.taken.has(key)) throw new CallError('EADDRINUSE')
  const opened = listener(host, wanted, proto)
  kernel.listeners.set(key, opened)
  kernel.outbox.push({ type: 'listen', port: wanted, proto, host })
  return opened
}

export function closeListener(kernel: Kernel, { port, proto, host, backlog }: Listener): void {
  kernel.listeners.delete(listenerKey(port, proto))
  for (const waiting of backlog) closeSocket(kernel, waiting)
  kernel.outbox.push({ type: 'unlisten', port, proto, host })
}

const FIRST_EPHEMERAL = 32_768
function ephemeral(kernel: Kernel): number {
  return FIRST_EPHEMERAL + (kernel.nextPort++ % (60_999 - FIRST_EPHEMERAL))
}

/** A connection from here to `remote`, whose host is an address (or this machine). It stands when it becomes writable. */
export function openSocket(kernel: Kernel, remote: Endpoint): Socket {
  const inside = isLocal(kernel, remote.host)
  const host = inside ? remote.host : (kernel.addresses[0] ?? '127.0.0.1')
  const local = { host, port: ephemeral(kernel) }
  const mine = socket(`out-${kernel.nextConnection++}`, 'connecting', local, remote)
  if (inside && (!kernel.shared || kernel.listeners.has(listenerKey(remote.port, 'tcp')))) connectInside(kernel, mine)
  else {
    kernel.sockets.set(mine.connection, mine)
    kernel.outbox.push({ type: 'connect', connection: mine.connection, host: remote.host, port: remote.port })
  }
  return mine
}

function connectInside(kernel: Kernel, mine: Socket): void {
  const found = kernel.listeners.get(listenerKey(mine.remote.port, 'tcp'))
  if (!found) {
    mine.state = 'refused'
    return
  }
  const theirs = socket(`${mine.connection}-peer`, 'open', mine.remote, mine.local)
  theirs.peer = mine
  mine.peer = theirs
  mine.state = 'open'
  found.backlog.push(theirs)
  wakeAll(kernel, found.canRead)
}

/** A connection from another machine comes in, to the address `to`; false when nobody listens. */
export function acceptFrom(
  kernel: Kernel,
  connection: string,
  port: number,
  from: Endpoint,
  to = kernel.addresses[0] ?? '0.0.0.0',
): boolean {
  const found = kernel.listeners.get(listenerKey(port, 'tcp'))
  if (!found || (isLoopback(found.host) && !isLoopback(to))) return false
  const opened = socket(connection, 'open', { host: to, port }, from)
  kernel.sockets.set(connection, opened)
  found.backlog.push(opened)
  wakeAll(kernel, found.canRead)
  return true
}

/** What the outside answers to a `connect`. */
export function settleSocket(kernel: Kernel, connection: string, state: 'open' | 'refused' | 'unreachable'): void {
  const opened = kernel.sockets.get(connection)
  if (opened?.state !== 'connecting') return
  opened.state = state
  if (state !== 'open') kernel.sockets.delete(connection)
  wakeBoth(kernel, opened)
}

export function deliver(kernel: Kernel, to: Socket, bytes: Uint8Array): void {
  if (to.state === 'closed' || bytes.length === 0) return
  to.queue.push(bytes)
  to.size += bytes.length
  wakeAll(kernel, to.canRead)
}

/** The other side sends no more. */
export function endOf(kernel: Kernel, socket: Socket): void {
  socket.ended = true
  wakeBoth(kernel, socket)
}

/** The other side is gone altogether: what is left can still be read. */
export function hangup(kernel: Kernel, socket: Socket): void {
  socket.shut = true
  kernel.sockets.delete(socket.connection)
  if (socket.state === 'connecting') socket.state = 'refused'
  endOf(kernel, socket)
}

export function receiveFrom(kernel: Kernel, socket: Socket, max: number): Uint8Array | null {
  const bytes = take(socket, max)
  if (bytes !== undefined) {
    if (socket.peer) wakeAll(kernel, socket.peer.canWrite)
    return bytes
  }
  if (socket.state === 'refused') throw new CallError('ECONNREFUSED')
  if (socket.state === 'unreachable') throw new CallError('EHOSTUNREACH')
  return socket.ended || socket.state === 'closed' ? NO_BYTES : null
}

export const isFull = ({ peer }: Socket): boolean => peer !== undefined && peer.size >= SOCKET_CAPACITY

/** As `write`: 0 would block, -1 nobody reads. */
export function sendTo(kernel: Kernel, socket: Socket, bytes: Uint8Array): number {
  if (socket.state === 'refused') throw new CallError('ECONNREFUSED')
  if (socket.state === 'unreachable') throw new CallError('EHOSTUNREACH')
  if (socket.state === 'connecting' || isFull(socket)) return 0
  if (socket.state === 'closed' || socket.shut) return -1
  if (bytes.length === 0) return 0
  if (socket.peer) {
    if (socket.peer.state === 'closed') return -1
    deliver(kernel, socket.peer, bytes.slice())
  } else kernel.outbox.push({ type: 'send', connection: socket.connection, bytes: bytes.slice() })
  return bytes.length
}

/** shutdown(SHUT_WR) */
export function shutdown(kernel: Kernel, socket: Socket): void {
  if (socket.shut || socket.state !== 'open') return
  socket.shut = true
  if (socket.peer) endOf(kernel, socket.peer)
  else kernel.outbox.push({ type: 'end', connection: socket.connection })
}

export function closeSocket(kernel: Kernel, socket: Socket): void {
  if (socket.state === 'closed') return
  const known = kernel.sockets.delete(socket.connection)
  socket.state = 'closed'
  if (socket.peer) hangup(kernel, socket.peer)
  else if (known) kernel.outbox.push({ type: 'close', connection: socket.connection })
}
