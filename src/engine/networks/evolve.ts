import { Table } from '../../core/table.ts'
import type { EngineEvolution } from '../verb.ts'
import { parseAddress } from './address.ts'
import { withDependencies, withoutDependencies } from './dependents.ts'
import { bare, type Endpoint, type PortMap } from './endpoint.ts'
import type { NetworkEvents } from './events.ts'
import type { Networks } from './network.ts'
import { holds, type Pool, release, take } from './pool.ts'
import { portKey } from './ports.ts'

export const networksEvolution: EngineEvolution<Networks, NetworkEvents> = {
  'network.create': (slice, { network, pools }) => ({
    ...slice,
    byId: slice.byId.set(network.id, network),
    names: slice.names.set(network.name, network.id),
    pools: slice.pools.set(network.id, pools),
  }),
  'network.destroy': (slice, { id }) => {
    const network = slice.byId.get(id)
    if (!network) return slice
    return {
      ...slice,
      byId: slice.byId.delete(id),
      names: slice.names.delete(network.name),
      pools: slice.pools.delete(id),
      members: slice.members.delete(id),
    }
  },
  'network.prune': (slice) => slice,
  'network.attach': (slice) => slice,
  'network.connect_failed': (slice) => slice,
  'network.sandbox': (slice, { container, sandbox }) => ({
    ...slice,
    sandboxes: slice.sandboxes.set(container, sandbox),
  }),
  'network.connect': (slice, { endpoint, cursors }) => withEndpoint(slice, endpoint, cursors),
  'network.share': (slice, { container, owner }) => withDependencies(slice, container, [owner]),
  'network.publish': (slice, { endpoint, cursors }) => withEndpoint(slice, endpoint, cursors),
  'network.disconnect': (slice, { id, container }) => withoutEndpoint(slice, id, container),
  'container.create': (slice, { container: { id, links } }) =>
    withDependencies(
      slice,
      id,
      links.map((link) => link.id),
    ),
  'container.die': (slice, { id }) => withoutSandbox(slice, id),
  'container.start_failed': (slice, { id }) => withoutSandbox(slice, id),
  'container.destroy': (slice, { id }) => withoutDependencies(withoutSandbox(slice, id), id),
}

function withoutSandbox(slice: Networks, container: string): Networks {
  return slice.sandboxes.has(container) ? { ...slice, sandboxes: slice.sandboxes.delete(container) } : slice
}

function withEndpoint(slice: Networks, endpoint: Endpoint, cursors: Readonly<Record<string, number>>): Networks {
  const { network, container, ports } = endpoint
  const members: Table<Endpoint> = slice.members.get(network) ?? Table.empty
  return {
    ...slice,
    members: slice.members.set(network, members.set(container, endpoint)),
    pools: changePools(slice, endpoint, take),
    ports: portKeys(ports).reduce((table, key) => table.set(key, key), slice.ports),
    cursors: { ...slice.cursors, ...cursors },
  }
}

/** The slice as if the container had left the network: address and ports are free again. */
export function withoutEndpoint(slice: Networks, network: string, container: string): Networks {
  const endpoint = slice.members.get(network)?.get(container)
  if (!endpoint) return slice
  return {
    ...slice,
    members: slice.members.set(network, slice.members.get(network)!.delete(container)),
    pools: changePools(slice, endpoint, release),
    ports: portKeys(endpoint.ports).reduce((table, key) => table.delete(key), slice.ports),
  }
}

function changePools(
  { pools }: Networks,
  { network, ipv4, ipv6 }: Endpoint,
  change: (pool: Pool, address: { family: 4 | 6; value: bigint }) => Pool,
): Networks['pools'] {
  const addresses = [ipv4, ipv6].flatMap((cidr) => parseAddress(bare(cidr)) ?? [])
  if (addresses.length === 0) return pools
  const changed = (pools.get(network) ?? []).map((pool) => {
    const address = addresses.find((one) => holds(pool, one))
    return address ? change(pool, address) : pool
  })
  return pools.set(network, changed)
}

function portKeys(ports: PortMap | undefined): string[] {
  return Object.entries(ports ?? {}).flatMap(([port, bindings]) => {
    const protocol = port.split('/')[1] ?? 'tcp'
    return (bindings ?? []).map((binding) => portKey(protocol, binding))
  })
}
