/** How many chains busybox's tables have, and to how many they grow. */
const SIZES = [61, 251, 1021, 4093, 16381, 65521]
/** Elements per chain before a table grows. */
const LOAD = 10

function hash(key: string): number {
  let value = 0
  for (let at = 0; at < key.length; at++) value = (Math.imul(value, 63) + key.charCodeAt(at)) | 0
  return value >>> 0
}

/** The order in which `for (key in array)` of busybox goes through keys that were added in this order. */
export function keyOrder(keys: Iterable<string>): string[] {
  let chains: string[][] = chainsOf(0)
  let [size, count] = [0, 0]
  for (const key of keys) {
    if (++count > chains.length * LOAD && size + 1 < SIZES.length) chains = grown(chains, ++size)
    add(chains, key)
  }
  return walk(chains)
}

const chainsOf = (size: number): string[][] => Array.from({ length: SIZES[size]! }, () => [])

/** New elements stand at the head of their chain; here that is the end of the list. */
const add = (chains: string[][], key: string) => chains[hash(key) % chains.length]!.push(key)

const walk = (chains: string[][]): string[] => chains.flatMap((chain) => chain.toReversed())

function grown(old: string[][], size: number): string[][] {
  const chains = chainsOf(size)
  for (const key of walk(old)) add(chains, key)
  return chains
}
