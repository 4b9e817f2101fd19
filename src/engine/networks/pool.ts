import { Table } from '../../core/table.ts'
import { type Address, addressText, contains, first, last, type Prefix, prefixText } from './address.ts'

/**
 * The addresses of one subnet. All below `next` are taken or stand in `freed`, so that the lowest free one is found at
 * once however many there are. moby: libnetwork/bitmap
 */
export interface Pool {
  readonly subnet: Prefix
  /** Addresses are dealt from here; the subnet itself unless a part was asked for. */
  readonly range: Prefix
  readonly gateway: Address
  readonly next: bigint
  readonly freed: Table<bigint>
  readonly used: Table<bigint>
}

/** Fixed width, so that the table's order is that of the numbers. */
const key = (value: bigint) => value.toString(16).padStart(32, '0')

/** A pool in which the network's own address and, with IPv4, its broadcast address are taken; and so is the gateway. */
export function pool(subnet: Prefix, range: Prefix, gateway: Address | undefined, reserved: readonly Address[]): Pool {
  const empty = {
    subnet,
    range,
    gateway: first(subnet),
    next: first(range).value,
    freed: Table.empty,
    used: Table.empty,
  }
  const own = subnet.bits < (subnet.address.family === 4 ? 31 : 127) ? [first(subnet)] : []
  const broadcast = own.length > 0 && subnet.address.family === 4 ? [last(subnet)] : []
  const kept = [...own, ...broadcast, ...reserved, ...(gateway ? [gateway] : [])].reduce<Pool>(take, empty)
  if (gateway) return { ...kept, gateway }
  const chosen = lowest(kept) ?? first(subnet)
  return { ...take(kept, chosen), gateway: chosen }
}

export const isTaken = ({ used }: Pool, { value }: Address): boolean => used.has(key(value))

/** The lowest free address of the range; undefined when all are taken. */
export function lowest({ range, next, freed, used }: Pool): Address | undefined {
  const given = freed.first()
  if (given !== undefined) return { ...range.address, value: given }
  let value = next
  while (used.has(key(value))) value++
  return value <= last(range).value ? { ...range.address, value } : undefined
}

export function take(before: Pool, { value }: Address): Pool {
  const at = key(value)
  let { next } = before
  const used = before.used.set(at, value)
  while (used.has(key(next))) next++
  return { ...before, next, used, freed: before.freed.delete(at) }
}

export function release(before: Pool, address: Address): Pool {
  const { value } = address
  const at = key(value)
  const used = before.used.delete(at)
  if (used === before.used) return before
  // `next` may stand beyond the range, behind an address that was asked for there.
  const inRange = contains(before.range, address) && value < before.next
  return { ...before, used, freed: inRange ? before.freed.set(at, value) : before.freed }
}

export const holds = ({ subnet }: Pool, address: Address): boolean => contains(subnet, address)

/** `172.17.0.2/16`. */
export const withBits = ({ subnet }: Pool, address: Address): string => `${addressText(address)}/${subnet.bits}`

export const subnetText = ({ subnet }: Pool): string => prefixText(subnet)
