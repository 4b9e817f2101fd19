import { diffId } from '../../storage/digest.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { applyLayer } from '../../storage/layer.ts'
import type { Image, Images } from './image.ts'

/** What is said of a layer. */
export interface LayerFacts {
  /** `sha256:…` of the tar. */
  readonly diffId: string
  /** Bytes of the files in it: what sizes of images are made of. */
  readonly contentSize: number
}

/** A layer as its uncompressed tar; images share layers by diffID. */
export interface Layer extends LayerFacts {
  readonly tar: Uint8Array
  /** Its file system over each one that it was ever put on: a cache of what the tar says. */
  readonly stacked: WeakMap<Snapshot, Snapshot>
}

/** The bottom of every image. */
export const scratch: Snapshot = new FileSystem().snapshot()

/** Reads the archive once, which refuses what is none. */
export function layerOf(tar: Uint8Array, below: Snapshot = scratch): Layer {
  const files = new FileSystem(below)
  const { size } = applyLayer(files, tar)
  return { diffId: diffId(tar), tar, contentSize: size, stacked: new WeakMap([[below, files.snapshot()]]) }
}

/** A layer of which all is known before its archive is written, which is done when somebody first looks into it. */
export function lateLayer(facts: LayerFacts, write: () => Uint8Array): Layer {
  let tar: Uint8Array | undefined
  return {
    ...facts,
    get tar() {
      tar ??= write()
      return tar
    },
    stacked: new WeakMap(),
  }
}

/** The layers of an image, bottom first. */
export const layersOf = ({ layers }: Images, image: Image | undefined): Layer[] =>
  (image?.layers ?? []).map((diffId) => layers.get(diffId)!)

/** The file system of an image; of none, that of `scratch`. */
export const rootOf = (images: Images, image: Image | undefined): Snapshot => stack(layersOf(images, image))

/** The file system of layers one over the other, bottom first. Images with the same lower layers share their part of it. */
export const stack = (layers: readonly Layer[]): Snapshot => layers.reduce(over, scratch)

function over(below: Snapshot, layer: Layer): Snapshot {
  const known = layer.stacked.get(below)
  if (known) return known
  const files = new FileSystem(below)
  applyLayer(files, layer.tar)
  const snapshot = files.snapshot()
  layer.stacked.set(below, snapshot)
  return snapshot
}
