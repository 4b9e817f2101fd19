import { sha256 } from '#sha256'

/** `sha256:` and 64 lower-case hex digits. */
export type Digest = string

/** The digest of the parts one after the other. */
export function digestOf(...parts: readonly (string | Uint8Array)[]): Digest {
  return `sha256:${sha256(...parts)}`
}

/** Whether `text` is a sha256 digest, written as the specifications want it. */
export const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text)

/** The digest of a layer's uncompressed archive. */
export const diffId = (tar: Uint8Array): Digest => digestOf(tar)

/** The name of a stack of layers, bottom first, as the image specification reckons it. */
export function chainId(diffIds: readonly Digest[]): Digest {
  const [first, ...rest] = diffIds
  if (first === undefined) throw new RangeError('a chain has at least one layer')
  return rest.reduce((chain, id) => digestOf(`${chain} ${id}`), first)
}

/** The chain IDs of each layer of a stack, bottom first. */
export function chainIds(diffIds: readonly Digest[]): Digest[] {
  const chain: Digest[] = []
  for (const id of diffIds) chain.push(chain.length === 0 ? id : digestOf(`${chain.at(-1)} ${id}`))
  return chain
}
