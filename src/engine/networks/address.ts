/** An IP address as a number of 32 or 128 bits. */
export interface Address {
  readonly family: 4 | 6
  readonly value: bigint
}

/** CIDR notation; the address may have host bits. */
export interface Prefix {
  readonly address: Address
  readonly bits: number
}

const width = (family: 4 | 6): number => (family === 4 ? 32 : 128)

/** Go's netip.ParseAddr without zones; undefined where it gives an error. */
export function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parse6(text) : parse4(text)
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value }
}

/** Go's netip.ParsePrefix; undefined where it gives an error. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf('/')
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash))
  const digits = text.slice(slash + 1)
  if (!address || !/^(0|[1-9]\d{0,2})$/.test(digits) || Number(digits) > width(address.family)) return undefined
  return { address, bits: Number(digits) }
}

function parse4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

function parse6(text: string): bigint | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (dotted) {
    const low = parse4(dotted[2]!)
    return low === undefined
      ? undefined
      : parse6(`${dotted[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`)
  }
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return undefined
  const groups = (side: string) => (side === '' ? [] : side.split(':'))
  const left = groups(head)
  const right = groups(tail ?? '')
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

export function addressText({ family, value }: Address): string {
  return family === 4 ? text4(value) : text6(value)
}

const text4 = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')

/** RFC 5952: the longest run of two or more zero groups is cut out. */
function text6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  let [from, length] = [0, 1]
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === '0') end++
    if (end - i > length) [from, length] = [i, end - i]
  }
  if (length === 1) return groups.join(':')
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`
}

export const prefixText = ({ address, bits }: Prefix): string => `${addressText(address)}/${bits}`

const hostMask = ({ address, bits }: Prefix) => (1n << BigInt(width(address.family) - bits)) - 1n

/** Without host bits. */
export const masked = (prefix: Prefix): Prefix => ({ ...prefix, address: first(prefix) })

export const first = (prefix: Prefix): Address => ({
  ...prefix.address,
  value: prefix.address.value & ~hostMask(prefix),
})

export const last = (prefix: Prefix): Address => ({ ...prefix.address, value: prefix.address.value | hostMask(prefix) })

export const contains = (prefix: Prefix, { family, value }: Address): boolean =>
  family === prefix.address.family && (value & ~hostMask(prefix)) === first(prefix).value

export const overlap = (a: Prefix, b: Prefix): boolean => contains(a, first(b)) || contains(b, first(a))
