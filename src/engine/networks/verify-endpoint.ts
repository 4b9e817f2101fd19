import type { EndpointConfig } from '../containers/config.ts'
import { contains, parseAddress, parsePrefix } from './address.ts'
import { joined, refused } from './errors.ts'
import { isUserDefined, type Network } from './network.ts'

const NO_STATIC = 'user specified IP address is supported only when connecting to networks with user configured subnets'
const NO_STATIC_PREDEFINED = 'user specified IP address is supported on user defined networks only'
const NO_ALIAS = 'network-scoped alias is supported only for containers in user defined networks'
const MAC = /^([0-9a-fA-F]{2}([:-])([0-9a-fA-F]{2}\2){4}[0-9a-fA-F]{2}|([0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4})$/

/** What one may ask of an endpoint; the network may not be there yet. moby: daemon validateEndpointSettings */
export function verifyEndpoint(config: EndpointConfig, name: string, network: Network | undefined): void {
  const { ipv4Address = '', ipv6Address = '', linkLocalIPs = null } = config.ipamConfig ?? {}
  const user = isUserDefined(name)
  const problems = [
    ...(!user && (ipv4Address !== '' || ipv6Address !== '') ? [NO_STATIC_PREDEFINED] : []),
    ...(!user && config.aliases?.length ? [NO_ALIAS] : []),
    ...(valid(ipv4Address, 4) ? [] : [`invalid IPv4 address: ${ipv4Address}`]),
    ...(valid(ipv6Address, 6) ? [] : [`invalid IPv6 address: ${ipv6Address}`]),
    ...(linkLocalIPs ?? []).filter((one) => !parseAddress(one)).map((one) => `invalid link-local IP address: ${one}`),
    ...(network ? [...rangeProblems(network, ipv4Address, 4), ...rangeProblems(network, ipv6Address, 6)] : []),
  ]
  if (config.macAddress !== '' && !MAC.test(config.macAddress))
    throw refused(`invalid MAC address ${config.macAddress}`)
  if (problems.length > 0) throw refused(`invalid endpoint settings:\n${joined(problems)}`)
}

function valid(text: string, family: 4 | 6): boolean {
  if (text === '') return true
  const address = parseAddress(text)
  return address?.family === family && address.value !== 0n
}

function rangeProblems({ ipam }: Network, text: string, family: 4 | 6): string[] {
  if (text === '') return []
  const subnets = ipam.config.map(({ subnet }) => parsePrefix(subnet)!).filter((one) => one.address.family === family)
  if (subnets.length === 0) return [NO_STATIC]
  const address = parseAddress(text)
  const inside = address && subnets.some((subnet) => contains(subnet, address))
  return inside ? [] : [`no configured subnet or ip-range contain the IP address ${text}`]
}
