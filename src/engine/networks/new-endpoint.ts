import type { Env } from '../../core/env.ts'
import type { EndpointConfig } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import type { EngineState } from '../state.ts'
import { type Address, addressText, parseAddress } from './address.ts'
import type { Endpoint } from './endpoint.ts'
import { addressInUse, noAddressLeft } from './errors.ts'
import { hasAddresses, type Network } from './network.ts'
import { holds, isTaken, lowest, type Pool, withBits } from './pool.ts'

/** An endpoint with its addresses; ports come on top. moby: libnetwork Network.CreateEndpoint */
export function newEndpoint(
  { networks }: EngineState,
  network: Network,
  container: Container,
  { ipamConfig, macAddress }: EndpointConfig,
  env: Env,
): Endpoint {
  const id = env.id()
  const base = { id, container: container.id, network: network.id, ports: undefined }
  if (!hasAddresses(network)) return { mac: '', ipv4: '', gateway4: '', ipv6: '', gateway6: '', ...base }
  const pools = networks.pools.get(network.id) ?? []
  const four = given(network, pools, 4, ipamConfig?.ipv4Address ?? '')
  const six = given(network, pools, 6, ipamConfig?.ipv6Address ?? '')
  const gateway = ({ pool }: Given) => (network.internal ? '' : addressText(pool.gateway))
  return {
    mac: macAddress === '' ? localMac(env.id()) : macAddress.toLowerCase().replaceAll('-', ':'),
    ipv4: four ? withBits(four.pool, four.address) : '',
    gateway4: four ? gateway(four) : '',
    ipv6: six ? withBits(six.pool, six.address) : '',
    gateway6: six ? gateway(six) : '',
    ...base,
  }
}

interface Given {
  readonly pool: Pool
  readonly address: Address
}

/** The address that was asked for, or the lowest free one; nothing where the network has no such family. */
function given({ id, name }: Network, all: readonly Pool[], family: 4 | 6, asked: string): Given | undefined {
  const pools = all.filter(({ subnet }) => subnet.address.family === family)
  if (pools.length === 0) return undefined
  if (asked !== '') {
    const address = parseAddress(asked)!
    const pool = pools.find((one) => holds(one, address))!
    if (isTaken(pool, address)) throw addressInUse
    return { pool, address }
  }
  for (const pool of pools) {
    const address = lowest(pool)
    if (address) return { pool, address }
  }
  throw noAddressLeft(name, id, family)
}

/** Locally administered, one station: 28 deals them by chance, no longer by the address. */
function localMac(hex: string): string {
  const first = (Number.parseInt(hex.slice(0, 2), 16) & 0xfc) | 0x02
  const rest = [2, 4, 6, 8, 10].map((at) => hex.slice(at, at + 2))
  return [first.toString(16).padStart(2, '0'), ...rest].join(':')
}
