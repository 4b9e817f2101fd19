import type { EngineState } from '../state.ts'
import { overlap, type Prefix, parseAddress, parsePrefix } from './address.ts'
import { noPoolLeft, poolOverlap } from './errors.ts'
import type { IpamConfig } from './network.ts'
import { type Pool, pool } from './pool.ts'
import { freeSubnet4, freeSubnet6 } from './predefined-pools.ts'

interface Families {
  readonly enableIPv4: boolean
  readonly enableIPv6: boolean
}

/** The subnets of a new network: those asked for, or the next free ones. moby: Network.ipamAllocate */
export function dealPools(state: EngineState, configs: readonly IpamConfig[], families: Families): readonly Pool[] {
  const used = state.networks.pools.values().flatMap((pools) => pools.map(({ subnet }) => subnet))
  const pools: Pool[] = []
  const taken = () => [...used, ...pools.map(({ subnet }) => subnet)]
  for (const family of [4, 6] as const) {
    if (!(family === 4 ? families.enableIPv4 : families.enableIPv6)) continue
    const wanted = configs.filter((config) => parsePrefix(config.subnet)?.address.family === family)
    for (const config of wanted) pools.push(askedPool(config, taken()))
    if (wanted.length === 0) pools.push(freePool(state, family, taken()))
  }
  return pools
}

function askedPool({ subnet: text, ipRange, gateway, auxAddress }: IpamConfig, used: readonly Prefix[]): Pool {
  const subnet = parsePrefix(text)!
  if (used.some((other) => overlap(subnet, other))) throw poolOverlap
  const range = ipRange === '' ? subnet : parsePrefix(ipRange)!
  const reserved = Object.values(auxAddress ?? {}).map((address) => parseAddress(address)!)
  return pool(subnet, range, gateway === '' ? undefined : parseAddress(gateway), reserved)
}

function freePool({ host }: EngineState, family: 4 | 6, used: readonly Prefix[]): Pool {
  const subnet = family === 4 ? freeSubnet4(used) : freeSubnet6(host.id, used)
  if (!subnet) throw noPoolLeft
  return pool(subnet, subnet, undefined, [])
}
