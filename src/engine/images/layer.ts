import { diffId } from '../../storage/digest.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { applyLayer, applyMembers, contentSize } from '../../storage/layer.ts'
import { members } from '../../storage/tar/decode.ts'
import { encode } from '../../storage/tar/encode.ts'
import type { TarEntry } from '../../storage/tar/tar-entry.ts'
import type { Image, Images } from './image.ts'

/** What is said of a layer. */
export interface LayerFacts {
  /** `sha256:…` of the tar. */
  readonly diffId: string
  /** Bytes of the files in it: what sizes of images are made of. */
  readonly contentSize: number
}

/**
 * A layer as the members of its archive; images share layers by diffID. Of one that is written down here all is known before the archive is made,
 * which is done when somebody first asks for it.
 */
export class Layer implements LayerFacts {
  readonly diffId: string
  readonly contentSize: number
  /** Its file system over each one that it was ever put on: a cache of what the members say. */
  readonly stacked = new WeakMap<Snapshot, Snapshot>()
  readonly #members: () => Iterable<TarEntry>
  #tar: Uint8Array | undefined

  /** @param members whose archive `tar` is. */
  constructor({ diffId, contentSize }: LayerFacts, members: () => Iterable<TarEntry>, tar?: Uint8Array) {
    this.diffId = diffId
    this.contentSize = contentSize
    this.#members = members
    this.#tar = tar
  }

  get tar(): Uint8Array {
    this.#tar ??= encode(this.#members())
    return this.#tar
  }

  /** Its file system over another one. */
  over(below: Snapshot): Snapshot {
    const known = this.stacked.get(below)
    if (known) return known
    const files = new FileSystem(below)
    applyMembers(files, this.#members())
    const snapshot = files.snapshot()
    this.stacked.set(below, snapshot)
    return snapshot
  }
}

/** The bottom of every image. */
export const scratch: Snapshot = new FileSystem().snapshot()

/** Reads the archive once, which refuses what is none. */
export function layerOf(tar: Uint8Array, below: Snapshot = scratch): Layer {
  const files = new FileSystem(below)
  const { size } = applyLayer(files, tar)
  const layer = new Layer({ diffId: diffId(tar), contentSize: size }, () => members(tar), tar)
  layer.stacked.set(below, files.snapshot())
  return layer
}

/** A layer of members that are written down here. */
export function layerOfMembers(write: () => readonly TarEntry[]): Layer {
  const entries = write()
  const tar = encode(entries)
  const size = entries.reduce((sum, entry) => sum + contentSize(entry), 0)
  return new Layer({ diffId: diffId(tar), contentSize: size }, write, tar)
}

/** The layers of an image, bottom first. */
export const layersOf = ({ layers }: Images, image: Image | undefined): Layer[] =>
  (image?.layers ?? []).map((diffId) => layers.get(diffId)!)

/** The file system of an image; of none, that of `scratch`. */
export const rootOf = (images: Images, image: Image | undefined): Snapshot => stack(layersOf(images, image))

/** The file system of layers one over the other, bottom first. Images with the same lower layers share their part of it. */
export const stack = (layers: readonly Layer[]): Snapshot => layers.reduce((below, layer) => layer.over(below), scratch)
