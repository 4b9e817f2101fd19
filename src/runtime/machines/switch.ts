import type { PublishedPort } from '../../engine/effects.ts'

/** One side of a connection over the virtual network. */
export type Party =
  | {
      readonly kind: 'machine'
      readonly container: string
      readonly connection: string
      /** The network in between: without it the packets are lost. */
      readonly network?: string | undefined
    }
  | { readonly kind: 'host'; readonly receiver: Receiver }

/** A caller outside of all containers: what comes back to it. */
export interface Receiver {
  data(bytes: Uint8Array): void
  /** The program sends no more. */
  end(): void
  /** Refused, or torn down. */
  close(): void
}

/** What a caller outside of all containers can do with its connection. */
export interface Connection {
  write(bytes: Uint8Array): void
  end(): void
  close(): void
}

/** A published port of a running container opens or closes. */
export interface PortChange {
  readonly change: 'open' | 'close'
  readonly container: string
  readonly port: PublishedPort
}

const keyOf = (container: string, connection: string) => `${container} ${connection}`

/** Who is connected with whom. Machines know their own connections by name only. */
export class Switch {
  readonly #peers = new Map<string, Party>()
  #named = 0

  connect(a: Party & { kind: 'machine' }, b: Party): void {
    this.#peers.set(keyOf(a.container, a.connection), b)
    if (b.kind === 'machine') this.#peers.set(keyOf(b.container, b.connection), a)
  }

  peer(container: string, connection: string): Party | undefined {
    return this.#peers.get(keyOf(container, connection))
  }

  /** Both sides forget each other. */
  disconnect(container: string, connection: string): void {
    const peer = this.peer(container, connection)
    this.#peers.delete(keyOf(container, connection))
    if (peer?.kind === 'machine') this.#peers.delete(keyOf(peer.container, peer.connection))
  }

  /** The connections of a machine, by their names there. */
  of(container: string): string[] {
    const prefix = keyOf(container, '')
    return [...this.#peers.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  }

  /** A name for an incoming connection. */
  name(): string {
    return `in${++this.#named}`
  }

  /** Connections between machines go on in a fork; those of the host do not. */
  fork(): Switch {
    const fork = new Switch()
    for (const [key, peer] of this.#peers) if (peer.kind === 'machine') fork.#peers.set(key, peer)
    fork.#named = this.#named
    return fork
  }
}
