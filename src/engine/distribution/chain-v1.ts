import { chainIds } from '../../storage/digest.ts'
import { gzip } from '../../storage/gzip/gzip.ts'
import { type Json, layerJson, tipJson } from '../../storage/image-v1.ts'
import type { Image } from '../images/image.ts'
import { packed } from './packed.ts'
import type { Known } from './talk.ts'

/** A layer of an image as Registry v1 wants it: an image of its own. */
export interface LinkV1 {
  readonly id: string
  readonly json: Uint8Array
  /** As it is sent. */
  readonly archive: Uint8Array
  /** As it is on disk. */
  readonly tar: Uint8Array
}

/** What is pushed of an image without layers: the end of an archive. */
const EMPTY_TAR = new Uint8Array(1024)

const hex = (digest: string) => digest.slice('sha256:'.length)

/** An image's layers, root first. moby: distribution/push_v1.go */
export function linksOf({ id, json, layers }: Image, { images }: Known): LinkV1[] {
  const below = chainIds(layers).map(hex).slice(0, -1)
  const ids = [...below, hex(id)]
  const config = JSON.parse(new TextDecoder().decode(json)) as Json
  return ids.map((own, i) => {
    const layer = images.layers.get(layers[i] ?? '')
    const parent = ids[i - 1]
    return {
      id: own,
      json: i < below.length ? layerJson(own, parent) : tipJson(config, own, parent),
      archive: layer ? packed(layer).bytes : gzip(EMPTY_TAR),
      tar: layer?.tar ?? EMPTY_TAR,
    }
  })
}
