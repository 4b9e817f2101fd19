import { sha256 } from '#sha256'

/** A layer as its uncompressed tar; images share layers by diffID. */
export interface Layer {
  /** `sha256:…` of the tar. */
  readonly diffId: string
  readonly tar: Uint8Array
}

export const layerOf = (tar: Uint8Array): Layer => ({ diffId: `sha256:${sha256(tar)}`, tar })

/** The name of a stack of layers: that of the one below and the diffID on top, hashed. OCI image-spec, layer ChainID. */
export function chainIds(diffIds: readonly string[]): readonly string[] {
  const chain: string[] = []
  for (const diffId of diffIds)
    chain.push(chain.length === 0 ? diffId : `sha256:${sha256(`${chain.at(-1)} ${diffId}`)}`)
  return chain
}
