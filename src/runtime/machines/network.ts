import { MICROSECOND } from '../../core/instant.ts'
import type { NetworkSpec } from '../../engine/effects.ts'
import type { EngineState } from '../../engine/index.ts'
import { resolveName } from '../../engine/networks/dns.ts'
import { HOST_STACK } from '../../engine/networks/host-address.ts'
import type { Out } from '../../programs/kernel/out.ts'
import type { Machine } from '../../programs/machine.ts'
import { Stacks } from './stacks.ts'
import type { Connection, Receiver, Switch } from './switch.ts'

/** What the virtual network needs of the machines. */
export interface Stations {
  state(): EngineState
  /** Works on the machine of a running container, and runs it soon. */
  touch(container: string, work: (machine: Machine) => void): void
  /** Where it listens: `80/tcp`. */
  listening(container: string): readonly string[]
  /** The running containers. */
  networks(): Iterable<readonly [container: string, network: NetworkSpec]>
}

/** The port that connections seem to come from. */
const EPHEMERAL = 49_152
const ROUND_TRIP = 50 * MICROSECOND

/** Who speaks to whom: connections between machines, from the host, and the questions of machines. */
export class Network {
  readonly #stations: Stations
  readonly #wires: Switch
  /** Made when somebody first asks: most worlds never do. */
  #stacks: Stacks | undefined

  constructor(stations: Stations, wires: Switch) {
    this.#stations = stations
    this.#wires = wires
  }

  get wires(): Switch {
    return this.#wires
  }

  get #built(): Stacks {
    if (!this.#stacks) {
      this.#stacks = new Stacks()
      for (const [container, network] of this.#stations.networks()) this.#stacks.set(container, network)
    }
    return this.#stacks
  }

  /** A container came up, or its network has changed. */
  set(container: string, network: NetworkSpec): void {
    const before = this.#stacks?.network(container)?.stack
    this.#stacks?.set(container, network)
    if (before !== network.stack) this.introduce(network.stack)
    else if (network.published.length > 0) this.introduce(HOST_STACK)
  }

  /** A container is gone, and so are its connections. */
  delete(container: string): void {
    for (const connection of this.#wires.of(container)) this.hangUp(container, connection)
    const network = this.#stacks?.network(container)
    this.#stacks?.delete(container)
    if (!network) return
    this.introduce(network.stack)
    if (network.published.length > 0) this.introduce(HOST_STACK)
  }

  /** The containers of a stack. */
  members(stack: string): readonly string[] {
    return this.#built.members(stack)
  }

  /** Tells the machines of a stack where the others of it listen: a port is had by one only. */
  introduce(stack: string): void {
    const members = this.#built.members(stack)
    const isHost = stack === HOST_STACK
    if (members.length < (isHost ? 1 : 2)) return
    const host = isHost ? [...this.#built.publishedKeys()] : []
    const ports = members.map((container) => [container, this.#stations.listening(container)] as const)
    for (const container of members) {
      const taken = ports.flatMap(([other, listening]) => (other === container ? [] : listening))
      this.#stations.touch(container, (machine) => machine.setNeighbours(true, [...host, ...taken]))
    }
  }

  connect(container: string, { connection, host, port }: Out & { type: 'connect' }): void {
    const { touch } = this.#stations
    const way = this.#built.route(container, host)
    if (!way) return touch(container, (machine) => machine.unreachable(connection))
    const name = this.#wires.name()
    const from = { host: way.from, port: EPHEMERAL }
    const target = this.#accept(way.stack, name, port, from, way.to)
    if (target === undefined) return touch(container, (machine) => machine.refused(connection))
    const network = way.network
    this.#wires.connect(
      { kind: 'machine', container, connection, network },
      { kind: 'machine', container: target, connection: name, network },
    )
    touch(container, (machine) => machine.connected(connection))
  }

  /** Whoever of a stack listens at the port takes the connection; a published port of the host leads on. */
  #accept(
    stack: string,
    connection: string,
    port: number,
    from: { readonly host: string; readonly port: number },
    to: string,
  ): string | undefined {
    for (const container of this.#built.members(stack)) {
      if (!this.#stations.listening(container).includes(`${port}/tcp`)) continue
      let accepted = false
      this.#stations.touch(container, (machine) => {
        accepted = machine.accept(connection, port, from, to)
      })
      if (accepted) return container
    }
    const publication = stack === HOST_STACK ? this.#built.published(port, to) : undefined
    if (!publication) return undefined
    return this.#forward(publication.container, connection, publication.port.containerPort)
  }

  /** Into the stack that a container lives in, from the host. */
  #forward(container: string, connection: string, port: number): string | undefined {
    const network = this.#built.network(container)
    if (!network) return undefined
    const isHost = network.stack === HOST_STACK
    const from = { host: isHost ? '127.0.0.1' : this.#built.hostTowards(container), port: EPHEMERAL }
    return this.#accept(network.stack, connection, port, from, isHost ? '127.0.0.1' : (network.addresses[0] ?? ''))
  }

  /** Hands something to the other side of a connection, whoever that is. */
  send(container: string, connection: string, hand: (party: Pick<Receiver, 'data' | 'end'>) => void): void {
    const peer = this.#wires.peer(container, connection)
    if (peer?.kind === 'host') return hand(peer.receiver)
    if (!peer) return
    // Packets for who was taken off the network are lost.
    if (peer.network !== undefined && !this.#built.linked(peer.network, container, peer.container)) return
    this.#stations.touch(peer.container, (machine) =>
      hand({
        data: (bytes) => machine.deliver(peer.connection, bytes),
        end: () => machine.endConnection(peer.connection),
      }),
    )
  }

  hangUp(container: string, connection: string): void {
    const peer = this.#wires.peer(container, connection)
    this.#wires.disconnect(container, connection)
    if (peer?.kind === 'host') peer.receiver.close()
    else if (peer) this.#stations.touch(peer.container, (machine) => machine.hangupConnection(peer.connection))
  }

  answer(container: string, query: Out & { type: 'query' }): void {
    const { state, touch } = this.#stations
    if (query.ask === 'resolve') {
      const addresses = inTurn(resolveName(state(), container, query.name), query.query)
      return touch(container, (machine) => machine.answer(query.query, { addresses }))
    }
    const reached = this.#built.route(container, query.host) !== undefined
    touch(container, (machine) => machine.answer(query.query, reached ? { roundTrip: ROUND_TRIP } : {}))
  }

  /** A caller from outside reaches a port of a container; `undefined`: the container does not run. */
  fromHost(container: string, port: number, receiver: Receiver): Connection | undefined {
    if (!this.#built.network(container)) return undefined
    const connection = this.#wires.name()
    const target = this.#forward(container, connection, port)
    if (target === undefined) {
      receiver.close()
      return { write() {}, end() {}, close() {} }
    }
    this.#wires.connect({ kind: 'machine', container: target, connection }, { kind: 'host', receiver })
    const touch = (work: (machine: Machine) => void) => this.#stations.touch(target, work)
    return {
      write: (bytes) => touch((machine) => machine.deliver(connection, bytes)),
      end: () => touch((machine) => machine.endConnection(connection)),
      close: () => {
        this.#wires.disconnect(target, connection)
        touch((machine) => machine.hangupConnection(connection))
      },
    }
  }
}

/** Of several addresses each is first in turn, those of version 4 before those of version 6. */
function inTurn(addresses: readonly string[], turn: number): readonly string[] {
  const rotated = (all: readonly string[]) => {
    const from = turn % Math.max(1, all.length)
    return [...all.slice(from), ...all.slice(0, from)]
  }
  const isSix = (address: string) => address.includes(':')
  return [...rotated(addresses.filter((one) => !isSix(one))), ...rotated(addresses.filter(isSix))]
}
