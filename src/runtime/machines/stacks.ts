import type { Interface, NetworkSpec, PublishedPort } from '../../engine/effects.ts'
import { HOST_ADDRESS, HOST_STACK } from '../../engine/networks/host-address.ts'
import { isLoopback } from '../../programs/kernel/loopback.ts'

/** A published port of a running container. */
export interface Publication {
  readonly container: string
  readonly port: PublishedPort
}

/** Where a packet goes: to the containers of a stack, or to the host. */
export interface Destination {
  readonly stack: string
  /** The address as the receiver sees it. */
  readonly to: string
  /** The sender's, as the receiver sees it. */
  readonly from: string
  /** The network in between, by its id; `undefined` within one stack, and from or to the host. */
  readonly network?: string
}

const WILDCARDS: readonly string[] = ['0.0.0.0', '::']

/**
 * Which running container lives in which network stack, and what addresses lead there: a container's own, that of another
 * container which it has joined, or the host's.
 */
export class Stacks {
  readonly #networks = new Map<string, NetworkSpec>()
  readonly #members = new Map<string, Set<string>>()
  /** The stack that an address belongs to. */
  readonly #addresses = new Map<string, string>()
  /** The addresses of the host on networks, each with how many containers are there. */
  readonly #gateways = new Map<string, number>()
  readonly #published = new Map<string, Publication[]>()

  set(container: string, network: NetworkSpec): void {
    this.delete(container)
    this.#networks.set(container, network)
    const members = this.#members.get(network.stack) ?? new Set()
    this.#members.set(network.stack, members.add(container))
    if (network.stack !== HOST_STACK)
      for (const address of network.addresses) this.#addresses.set(address, network.stack)
    for (const gateway of gatewaysOf(network)) this.#gateways.set(gateway, (this.#gateways.get(gateway) ?? 0) + 1)
    for (const port of network.published) {
      const key = hostKey(port)
      this.#published.set(key, [...(this.#published.get(key) ?? []), { container, port }])
    }
  }

  delete(container: string): void {
    const network = this.#networks.get(container)
    if (!network) return
    this.#networks.delete(container)
    const members = this.#members.get(network.stack)
    members?.delete(container)
    if (members?.size === 0) this.#members.delete(network.stack)
    const others = [...(members ?? [])].flatMap((one) => this.#networks.get(one)!.addresses)
    for (const address of network.addresses)
      if (!others.includes(address) && this.#addresses.get(address) === network.stack) this.#addresses.delete(address)
    for (const gateway of gatewaysOf(network)) this.#gateways.set(gateway, this.#gateways.get(gateway)! - 1)
    for (const port of network.published) {
      const key = hostKey(port)
      const others = (this.#published.get(key) ?? []).filter((one) => one.container !== container)
      if (others.length > 0) this.#published.set(key, others)
      else this.#published.delete(key)
    }
  }

  network(container: string): NetworkSpec | undefined {
    return this.#networks.get(container)
  }

  /** The containers of a stack. */
  members(stack: string): readonly string[] {
    return [...(this.#members.get(stack) ?? [])]
  }

  /** Everything that listens at ports of the host for a container: `8080/tcp`. */
  publishedKeys(): Iterable<string> {
    return this.#published.keys()
  }

  /** Who answers at a port of the host. */
  published(port: number, address: string): Publication | undefined {
    const all = this.#published.get(hostKey({ hostPort: port, protocol: 'tcp' })) ?? []
    return all.find(({ port: { hostIp } }) => WILDCARDS.includes(hostIp) || hostIp === address)
  }

  /** Where packets of a container to an address go; `undefined`: nowhere. */
  route(container: string, address: string): Destination | undefined {
    const network = this.#networks.get(container)
    if (!network) return undefined
    const { stack, interfaces, addresses } = network
    if (isLoopback(address) || address === '0.0.0.0' || addresses.includes(address))
      return { stack, to: address, from: address }
    const target = this.#addresses.get(address)
    if (stack === HOST_STACK)
      return target === undefined ? undefined : { stack: target, to: address, from: this.#hostOn(target) }
    if (target !== undefined) return this.#onSame(interfaces, target, address)
    const near = interfaces.find(({ gateways }) => gateways.includes(address))
    const out = near ?? interfaces.find(({ internal }) => !internal)
    const isHost = near !== undefined || address === HOST_ADDRESS || (this.#gateways.get(address) ?? 0) > 0
    return out && isHost ? { stack: HOST_STACK, to: address, from: out.addresses[0] ?? address } : undefined
  }

  /** Containers reach each other on a network that both are on. */
  #onSame(interfaces: readonly Interface[], target: string, address: string): Destination | undefined {
    const [owner = ''] = this.members(target)
    const there = this.#networks.get(owner)?.interfaces.find(({ addresses }) => addresses.includes(address))
    const here = there && interfaces.find(({ network }) => network === there.network)
    if (!here || here.isolated) return undefined
    const from = here.addresses.find((own) => own.includes(':') === address.includes(':')) ?? address
    return { stack: target, to: address, from, network: here.network }
  }

  /** The address that the host, and whoever comes through it, has towards a stack. */
  #hostOn(stack: string): string {
    const [owner = ''] = this.members(stack)
    return this.hostTowards(owner)
  }

  hostTowards(container: string): string {
    return this.#networks.get(container)?.interfaces[0]?.gateways[0] ?? '127.0.0.1'
  }

  /** Whether both still are on a network. */
  linked(network: string, ...containers: readonly string[]): boolean {
    return containers.every((container) =>
      this.#networks.get(container)?.interfaces.some((one) => one.network === network),
    )
  }
}

const hostKey = ({ hostPort, protocol }: Pick<PublishedPort, 'hostPort' | 'protocol'>) => `${hostPort}/${protocol}`

const gatewaysOf = ({ interfaces }: NetworkSpec) => interfaces.flatMap(({ gateways }) => gateways)
