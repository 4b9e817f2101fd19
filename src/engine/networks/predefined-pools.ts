import { sha256 } from '#sha256'
import { type Address, overlap, type Prefix, parseAddress } from './address.ts'

/** moby: libnetwork/ipamutils, the daemon's default-address-pools. */
const LOCAL: readonly (readonly [from: string, bits: number, size: number])[] = [
  ['172.17.0.0', 16, 16],
  ['172.18.0.0', 16, 16],
  ['172.19.0.0', 16, 16],
  ['172.20.0.0', 14, 16],
  ['172.24.0.0', 14, 16],
  ['172.28.0.0', 14, 16],
  ['192.168.0.0', 16, 20],
]

/** Every subnet the daemon deals by itself, in order. */
const subnets: readonly Prefix[] = LOCAL.flatMap(([from, bits, size]) => {
  const base = parseAddress(from)!
  return Array.from({ length: 2 ** (size - bits) }, (_, i) => ({
    address: { ...base, value: base.value + BigInt(i) * (1n << BigInt(32 - size)) },
    bits: size,
  }))
})

/** The first subnet that overlaps with none of those in use. */
export function freeSubnet4(used: readonly Prefix[]): Prefix | undefined {
  return subnets.find((subnet) => !used.some((other) => overlap(subnet, other)))
}

/** A /64 of the host's own /48. moby: daemon.deriveULABaseNetwork */
export function freeSubnet6(hostId: string, used: readonly Prefix[]): Prefix {
  const global = BigInt(`0x${sha256(hostId).slice(6, 16)}`)
  const base = (0xfdn << 120n) | (global << 80n)
  for (let i = 0n; ; i++) {
    const address: Address = { family: 6, value: base | (i << 64n) }
    const subnet = { address, bits: 64 }
    if (!used.some((other) => overlap(subnet, other))) return subnet
  }
}
