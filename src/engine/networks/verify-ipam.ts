import { contains, masked, overlap, type Prefix, parseAddress, parsePrefix, prefixText } from './address.ts'
import { invalidIpam, joined } from './errors.ts'
import type { Ipam, IpamConfig } from './network.ts'

/** What can be said of subnets without looking at others. moby: api/types/network ValidateIPAM */
export function verifyIpam(ipam: Ipam | null, enableIPv6: boolean): void {
  const problems = (ipam?.config ?? []).flatMap((config) => problemsOf(config, enableIPv6))
  if (problems.length > 0) throw invalidIpam(joined(problems))
}

function problemsOf({ subnet: text, ipRange, gateway, auxAddress }: IpamConfig, enableIPv6: boolean): string[] {
  const subnet = parsePrefix(text)
  if (!subnet) return [`invalid subnet ${text}: invalid CIDR block notation`]
  if (!enableIPv6 && subnet.address.family === 6) return []
  const right = prefixText(masked(subnet))
  const auxiliary = Object.entries(auxAddress ?? {}).flatMap(([name, address]) =>
    addressProblems(`auxiliary address ${name}`, address, subnet),
  )
  return [
    ...(prefixText(subnet) === right ? [] : [`invalid subnet ${prefixText(subnet)}: it should be ${right}`]),
    ...rangeProblems(ipRange, subnet),
    ...addressProblems(`gateway ${gateway}`, gateway, subnet),
    ...auxiliary,
  ]
}

const family = ({ address }: Prefix) => `IPv${address.family}`

function rangeProblems(text: string, subnet: Prefix): string[] {
  if (text === '') return []
  const range = parsePrefix(text)
  if (!range) return [`invalid ip-range ${text}: invalid CIDR block notation`]
  if (family(range) !== family(subnet)) return [`invalid ip-range ${text}: parent subnet is an ${family(subnet)} block`]
  const right = prefixText(masked(range))
  return [
    ...(range.bits < subnet.bits
      ? [`invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${prefixText(subnet)}`]
      : []),
    ...(prefixText(range) === right ? [] : [`invalid ip-range ${prefixText(range)}: it should be ${right}`]),
    ...(overlap(range, subnet)
      ? []
      : [`invalid ip-range ${prefixText(range)}: parent subnet ${prefixText(subnet)} doesn't contain ip-range`]),
  ]
}

function addressProblems(what: string, text: string, subnet: Prefix): string[] {
  if (text === '') return []
  const address = parseAddress(text)
  if (!address) return [`invalid ${what}: invalid address`]
  if (address.family !== subnet.address.family) return [`invalid ${what}: parent subnet is an ${family(subnet)} block`]
  return contains(subnet, address)
    ? []
    : [`invalid ${what}: parent subnet ${prefixText(subnet)} doesn't contain this address`]
}
