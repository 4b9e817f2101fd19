import type { PortBinding } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import { parsePorts } from '../containers/port-spec.ts'
import { addressText, parseAddress } from './address.ts'
import type { Binding, PortMap } from './endpoint.ts'
import { portTaken } from './errors.ts'
import type { Networks } from './network.ts'

/** Linux's net.ipv4.ip_local_port_range. */
const EPHEMERAL = { first: 32_768, last: 60_999 }

export interface Publication {
  readonly ports: PortMap
  /** The ephemeral ports that were dealt last. */
  readonly cursors: Readonly<Record<string, number>>
}

/** A port of a container: `80/tcp`. */
interface Port {
  readonly key: string
  readonly number: number
  readonly protocol: string
}

/** The exposed ports, lowest first. */
export function exposedPorts({ config }: Container): readonly Port[] {
  const ports = Object.keys(config.exposedPorts ?? {}).flatMap((text) => {
    const range = parsePorts(text)
    if (!range) return []
    return Array.from({ length: range.last - range.first + 1 }, (_, i) => {
      const number = range.first + i
      return { key: `${number}/${range.protocol}`, number, protocol: range.protocol }
    })
  })
  return ports.sort((a, b) => a.number - b.number || (a.protocol < b.protocol ? -1 : 1))
}

/**
 * Binds what a container publishes. Up to 28 a binding without an exposed port is ignored.
 * moby: buildPortsRelatedCreateEndpointOptions, libnetwork/portallocator
 */
export function publish(networks: Networks, container: Container, endpointId: string): Publication {
  const { portBindings, publishAllPorts } = container.hostConfig
  const allocator = new Allocator(networks, (ip, port) => portTaken(container.name, endpointId, ip, port))
  const ports: Record<string, readonly Binding[] | null> = {}
  for (const { key, protocol } of exposedPorts(container)) {
    const asked = portBindings?.[key] ?? []
    const wanted = asked.length === 0 && publishAllPorts ? [ANYWHERE] : asked
    ports[key] = wanted.length === 0 ? null : wanted.flatMap((binding) => allocator.bind(protocol, binding))
  }
  return { ports, cursors: allocator.cursors }
}

const ANYWHERE: PortBinding = { hostIp: '', hostPort: '' }
const WILDCARDS = ['0.0.0.0', '::']

/** The key under which a bound port of the host stands. */
export const portKey = (protocol: string, { hostIp, hostPort }: Binding): string => `${protocol} ${hostPort} ${hostIp}`

class Allocator {
  readonly cursors: Record<string, number> = {}
  readonly #networks: Networks
  readonly #refuse: (ip: string, port: number) => unknown
  /** What this container has bound so far. */
  readonly #own = new Set<string>()

  constructor(networks: Networks, refuse: (ip: string, port: number) => unknown) {
    this.#networks = networks
    this.#refuse = refuse
  }

  bind(protocol: string, { hostIp, hostPort }: PortBinding): Binding[] {
    const address = parseAddress(hostIp)
    const ips = address ? [addressText(address)] : WILDCARDS
    const range = hostPort === '' || hostPort === '0' ? undefined : parsePorts(hostPort)
    const port = range ? this.#within(protocol, ips, range) : this.#ephemeral(protocol, ips)
    const bindings = ips.map((ip) => ({ hostIp: ip, hostPort: port }))
    for (const binding of bindings) this.#own.add(portKey(protocol, binding))
    return bindings
  }

  #within(protocol: string, ips: readonly string[], { first, last }: { first: number; last: number }): number {
    for (let port = first; port <= last; port++) if (this.#isFree(protocol, ips, port)) return port
    throw this.#refuse(ips[0]!, first)
  }

  /** On from the port that was dealt last, so that a port is not dealt again at once. */
  #ephemeral(protocol: string, ips: readonly string[]): number {
    const key = `${protocol} ${ips[0]}`
    const size = EPHEMERAL.last - EPHEMERAL.first + 1
    const before = this.cursors[key] ?? this.#networks.cursors[key] ?? EPHEMERAL.last
    for (let i = 1; i <= size; i++) {
      const port = EPHEMERAL.first + ((before - EPHEMERAL.first + i) % size)
      if (!this.#isFree(protocol, ips, port)) continue
      this.cursors[key] = port
      return port
    }
    throw this.#refuse(ips[0]!, 0)
  }

  #isFree(protocol: string, ips: readonly string[], port: number): boolean {
    const prefix = `${protocol} ${port} `
    const bound = [...this.#networks.ports.prefix(prefix), ...[...this.#own].filter((key) => key.startsWith(prefix))]
    return !bound.some((key) => ips.some((ip) => clash(ip, key.slice(prefix.length))))
  }
}

const isV6 = (ip: string) => ip.includes(':')

/** Two sockets of one port: the wildcard of a family clashes with every address of it. */
const clash = (a: string, b: string): boolean =>
  isV6(a) === isV6(b) && (a === b || WILDCARDS.includes(a) || WILDCARDS.includes(b))
