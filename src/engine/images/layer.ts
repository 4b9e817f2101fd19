import { sha256 } from '#sha256'
import { decode } from '../../storage/tar/decode.ts'

/** A layer as its uncompressed tar; images share layers by diffID. */
export interface Layer {
  /** `sha256:…` of the tar. */
  readonly diffId: string
  readonly tar: Uint8Array
  /** Bytes of the files in it: what sizes of images are made of. */
  readonly contentSize: number
}

export function layerOf(tar: Uint8Array): Layer {
  const contentSize = decode(tar).reduce((sum, { body }) => sum + body.length, 0)
  return { diffId: `sha256:${sha256(tar)}`, tar, contentSize }
}

/** The name of a stack of layers: that of the one below and the diffID on top, hashed. OCI image-spec, layer ChainID. */
export function chainIds(diffIds: readonly string[]): readonly string[] {
  const chain: string[] = []
  for (const diffId of diffIds)
    chain.push(chain.length === 0 ? diffId : `sha256:${sha256(`${chain.at(-1)} ${diffId}`)}`)
  return chain
}
