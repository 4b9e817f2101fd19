import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Endpoint } from './endpoint.ts'
import type { Pool } from './pool.ts'

/** What a caller asked for about a subnet; empty where nothing was said. */
export interface IpamConfig {
  readonly subnet: string
  readonly ipRange: string
  readonly gateway: string
  readonly auxAddress: Readonly<Record<string, string>> | null
}

export interface Ipam {
  readonly driver: string
  readonly options: Readonly<Record<string, string>> | null
  /** As asked for; empty where the daemon chose. */
  readonly config: readonly IpamConfig[]
}

/** A network as it was made; it never changes. */
export interface Network {
  readonly id: string
  readonly name: string
  readonly created: Instant
  /** Position of its create event, for the order of lists. */
  readonly ordinal: number
  readonly driver: string
  readonly scope: 'local'
  readonly enableIPv4: boolean
  readonly enableIPv6: boolean
  readonly ipam: Ipam
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  /** It only lends its configuration to others. */
  readonly configOnly: boolean
  /** The name of the network whose configuration it took. */
  readonly configFrom: string
  readonly options: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
}

/** The networks' slice. */
export interface Networks {
  readonly byId: Table<Network>
  /** Name → id. */
  readonly names: Table<string>
  /** The subnets of a network with their addresses, by network id. */
  readonly pools: Table<readonly Pool[]>
  /** Running endpoints by network id, then by container id. */
  readonly members: Table<Table<Endpoint>>
  /** The network namespace of a running container, by container id. */
  readonly sandboxes: Table<string>
  /** Containers that are linked to a container, or live in its namespace, by its id; and the other way round. */
  readonly dependents: Table<readonly string[]>
  readonly dependencies: Table<readonly string[]>
  /** Ports of the host in use: `tcp 0.0.0.0 8080` → container id. */
  readonly ports: Table<string>
  /** The ephemeral port dealt last, by `tcp 0.0.0.0`. */
  readonly cursors: Readonly<Record<string, number>>
}

export const noNetworks: Networks = {
  byId: Table.empty,
  names: Table.empty,
  pools: Table.empty,
  members: Table.empty,
  sandboxes: Table.empty,
  dependents: Table.empty,
  dependencies: Table.empty,
  ports: Table.empty,
  cursors: {},
}

const PREDEFINED: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'default'])

export const isPredefined = (name: string): boolean => PREDEFINED.has(name)

/** moby: container.NetworkMode.IsUserDefined */
export const isUserDefined = (mode: string): boolean => !isPredefined(mode) && !mode.startsWith('container:')

/** Bridges and their kin: what has addresses and, mostly, a way out. */
export const hasAddresses = ({ driver }: Network): boolean => driver !== 'host' && driver !== 'null'
