import { rfc3339Nano } from '../../core/rfc3339.ts'
import { digestOf } from '../../storage/digest.ts'
import type { Image } from './image.ts'
import { type Layer, stack } from './layer.ts'
import { type ImageFacts, imageJson } from './wire/image-json.ts'
import { readImageJson } from './wire/read-image-json.ts'

/** An image with the bytes of its layers. */
export interface WholeImage {
  readonly image: Image
  readonly layers: readonly Layer[]
}

/** What there is to say of a new image; a container only where it was committed from one. */
export type NewImage = Omit<ImageFacts, 'layers' | 'createdText' | 'container' | 'containerConfig'> &
  Partial<Pick<ImageFacts, 'container' | 'containerConfig'>>

/** An image of what it says and of its layers, bottom first; its config file is written here. */
export function makeImage(facts: NewImage, layers: readonly Layer[], parent = ''): WholeImage {
  const all: ImageFacts = {
    container: '',
    containerConfig: null,
    ...facts,
    createdText: rfc3339Nano(facts.created),
    layers: layers.map(({ diffId }) => diffId),
  }
  return whole(all, imageJson(all), layers, parent)
}

/**
 * An image whose config file was written elsewhere: it stays as it is, byte for byte. Layers that do not go one over the other are
 * refused.
 */
export function readImage(json: Uint8Array, layers: readonly Layer[]): WholeImage {
  stack(layers)
  return whole(readImageJson(json), json, layers, '')
}

function whole(facts: ImageFacts, json: Uint8Array, layers: readonly Layer[], parent: string): WholeImage {
  const image: Image = {
    id: digestOf(json),
    json,
    size: layers.reduce((sum, { contentSize }) => sum + contentSize, 0),
    parent,
    ...facts,
  }
  return { image, layers }
}
