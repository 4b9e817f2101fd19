import { noWaiters, type Waiters } from './waiters.ts'

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** One end of a stream connection; either to another machine (through the outbox) or to `peer` in this one. */
export interface Socket {
  /** Names the connection in the outbox; unique in this machine. */
  readonly connection: string
  state: 'connecting' | 'open' | 'refused' | 'unreachable' | 'closed'
  readonly local: Endpoint
  readonly remote: Endpoint
  peer: Socket | undefined
  readonly queue: Uint8Array[]
  size: number
  /** The other side will send no more. */
  ended: boolean
  /** This side will send no more. */
  shut: boolean
  readonly canRead: Waiters
  readonly canWrite: Waiters
}

export const socket = (connection: string, state: Socket['state'], local: Endpoint, remote: Endpoint): Socket => ({
  connection,
  state,
  local,
  remote,
  peer: undefined,
  queue: [],
  size: 0,
  ended: false,
  shut: false,
  canRead: noWaiters(),
  canWrite: noWaiters(),
})

/** How much a connection inside one machine holds before the writer waits. */
export const SOCKET_CAPACITY = 262_144
