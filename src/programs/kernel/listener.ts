import type { Socket } from './socket.ts'
import { noWaiters, type Waiters } from './waiters.ts'

export type Protocol = 'tcp' | 'udp'

export interface Listener {
  readonly port: number
  readonly proto: Protocol
  /** `0.0.0.0`, or `127.0.0.1` for a port that only the machine itself reaches. */
  readonly host: string
  readonly backlog: Socket[]
  readonly canRead: Waiters
}

export const listener = (host: string, port: number, proto: Protocol): Listener => ({
  port,
  proto,
  host,
  backlog: [],
  canRead: noWaiters(),
})
