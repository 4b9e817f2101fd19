import { rfc3339Nano } from '../../../core/rfc3339.ts'
import type { EngineState } from '../../state.ts'
import { addressText } from '../address.ts'
import type { IpamConfig, Network } from '../network.ts'
import { type Pool, subnetText } from '../pool.ts'

/** api/types/network Inspect, in the order in which Go writes it; the list does not tell of containers. */
export function network(state: EngineState, one: Network, withContainers: boolean): unknown {
  return {
    Name: one.name,
    Id: one.id,
    Created: rfc3339Nano(one.created),
    Scope: one.scope,
    Driver: one.driver,
    EnableIPv4: one.enableIPv4,
    EnableIPv6: one.enableIPv6,
    IPAM: ipam(one, state.networks.pools.get(one.id) ?? []),
    Internal: one.internal,
    Attachable: one.attachable,
    Ingress: one.ingress,
    ConfigFrom: { Network: one.configFrom },
    ConfigOnly: one.configOnly,
    Containers: withContainers ? containers(state, one) : {},
    Options: one.options,
    Labels: one.labels,
  }
}

/** What was asked for, as it was asked for; else what the daemon chose. moby: buildIPAMResources */
function ipam({ ipam: { driver, options, config }, configOnly }: Network, pools: readonly Pool[]): unknown {
  const families = [4, 6].flatMap((family) => {
    const ofFamily = pools.filter(({ subnet }) => subnet.address.family === family)
    const asked = config.filter(({ subnet }) => subnet.includes(':') === (family === 6))
    if (ofFamily.length === 0 && !configOnly) return []
    return asked.length > 0 ? asked.map(asAsked) : ofFamily.map(asDealt)
  })
  return { Driver: driver, Options: options, Config: families.length > 0 ? families : null }
}

const asDealt = (pool: Pool) => ({ Subnet: subnetText(pool), Gateway: addressText(pool.gateway) })

function asAsked({ subnet, ipRange, gateway, auxAddress }: IpamConfig): unknown {
  return {
    Subnet: subnet,
    ...(ipRange === '' ? {} : { IPRange: ipRange }),
    ...(gateway === '' ? {} : { Gateway: gateway }),
    ...(Object.keys(auxAddress ?? {}).length === 0 ? {} : { AuxiliaryAddresses: auxAddress }),
  }
}

function containers({ networks, containers: { byId } }: EngineState, { id }: Network): unknown {
  const members = networks.members.get(id)?.values() ?? []
  return Object.fromEntries(
    members.map((endpoint) => [
      endpoint.container,
      {
        Name: byId.get(endpoint.container)?.name ?? '',
        EndpointID: endpoint.id,
        MacAddress: endpoint.mac,
        IPv4Address: endpoint.ipv4,
        IPv6Address: endpoint.ipv6,
      },
    ]),
  )
}
