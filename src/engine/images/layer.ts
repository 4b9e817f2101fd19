import { diffId } from '../../storage/digest.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { applyLayer } from '../../storage/layer.ts'

/** A layer as its uncompressed tar; images share layers by diffID. */
export interface Layer {
  /** `sha256:…` of the tar. */
  readonly diffId: string
  readonly tar: Uint8Array
  /** Bytes of the files in it: what sizes of images are made of. */
  readonly contentSize: number
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

/** The file system of layers one over the other, bottom first. Images with the same lower layers share their part of it. */
export const stack = (layers: readonly Layer[]): Snapshot => layers.reduce(over, scratch)

function over(below: Snapshot, { tar, stacked }: Layer): Snapshot {
  const known = stacked.get(below)
  if (known) return known
  const files = new FileSystem(below)
  applyLayer(files, tar)
  const snapshot = files.snapshot()
  stacked.set(below, snapshot)
  return snapshot
}
