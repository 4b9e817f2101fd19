import { Table } from '../../core/table.ts'
import type { Container } from '../containers/container.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineEvolution } from '../verb.ts'
import { parseAddress } from './address.ts'
import { type Attachment, type Attachments, dnsNames, withAttachment } from './attachment.ts'
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
  'network.sandbox': (slice, { container, sandbox }) => ({
    ...slice,
    sandboxes: slice.sandboxes.set(container, sandbox),
  }),
  'network.connect': (slice, { container, endpoint, attachment, key, cursors }) => {
    const known = slice.attachments.get(container)
    const others = (known?.list ?? []).filter(({ name }) => name !== key)
    const list = withAttachment(others, attachment)
    return withEndpoint(setList(slice, container, known, list), endpoint, cursors)
  },
  'network.share': (slice, { container, owner }) => withDependencies(slice, container, [owner]),
  'network.publish': (slice, { endpoint, cursors }) => withEndpoint(slice, endpoint, cursors),
  'network.disconnect': (slice, { id, container, forget }) => {
    const left = withoutEndpoint(slice, id, container)
    const known = left.attachments.get(container)
    const name = left.byId.get(id)?.name
    const isIt = (one: Attachment) => one.networkId === id || one.name === name || one.name === id
    const list = (known?.list ?? []).flatMap((one) => {
      if (!isIt(one)) return [one]
      return forget ? [] : [{ ...one, networkId: id }]
    })
    return setList(left, container, known, list)
  },
  'network.attach': attach,
  'network.connect_failed': attach,
  'container.create': (slice, { container: { id, config, endpoints, links } }) => {
    const attachments = slice.attachments.set(id, { hostname: config.hostname, list: attachmentsFor(endpoints) })
    const linked = links.map((link) => link.id)
    return withDependencies({ ...slice, attachments }, id, linked)
  },
  'container.rename': (slice, { id, name }) => {
    const known = slice.attachments.get(id)
    // A container that does not run gets its names at the next start.
    if (!known || !slice.sandboxes.has(id)) return slice
    const list = known.list.map((one) => ({
      ...one,
      dnsNames: dnsNames({ id, name, hostname: known.hostname }, one.config.aliases),
    }))
    return setList(slice, id, known, list)
  },
  'container.die': (slice, { id }) => withoutSandbox(slice, id),
  'container.start_failed': (slice, { id }) => withoutSandbox(slice, id),
  'container.destroy': (slice, { id }) => {
    const gone = withoutDependencies(withoutSandbox(slice, id), id)
    return { ...gone, attachments: gone.attachments.delete(id) }
  },
}

const wanted = new WeakMap<Container['endpoints'], readonly Attachment[]>()

/** Of a container that has not started yet; containers that say nothing share their endpoints. */
function attachmentsFor(endpoints: Container['endpoints']): readonly Attachment[] {
  const known = wanted.get(endpoints)
  if (known) return known
  const list = Object.entries(endpoints)
    .map(([name, endpoint]) => ({ name, networkId: '', config: endpoint, dnsNames: null }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  wanted.set(endpoints, list)
  return list
}

function attach(
  slice: Networks,
  { container, attachment }: EngineEvent & { type: 'network.attach' | 'network.connect_failed' },
) {
  const known = slice.attachments.get(container)
  return setList(slice, container, known, withAttachment(known?.list ?? [], attachment))
}

function setList(
  slice: Networks,
  container: string,
  known: Attachments | undefined,
  list: readonly Attachment[],
): Networks {
  const attachments = slice.attachments.set(container, { hostname: known?.hostname ?? '', list })
  return { ...slice, attachments }
}

/** The namespace goes, and every endpoint that is still there. */
function withoutSandbox(slice: Networks, container: string): Networks {
  const networks = (slice.attachments.get(container)?.list ?? []).map(({ networkId }) => networkId)
  const left = networks.reduce((before, id) => withoutEndpoint(before, id, container), slice)
  return left.sandboxes.has(container) ? { ...left, sandboxes: left.sandboxes.delete(container) } : left
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
