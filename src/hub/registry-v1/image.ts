import { Table } from '../../core/table.ts'
import { digestOf } from '../../storage/digest.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import type { Where } from '../registry/registry.ts'

/** An image of Registry v1: one layer, with a JSON that says which one is below. */
export interface ImageV1 {
  /** The repository that it is of: the Hub's people share what is public alone. Empty in a registry that asks nobody. */
  readonly repository: string
  readonly id: string
  /** As it was put, byte for byte: the checksum covers it. */
  readonly json: Uint8Array
  /** Itself first, its root last. */
  readonly ancestry: readonly string[]
  /** As it was put, usually a gzipped tar; `undefined` while it has not come. */
  readonly layer: Uint8Array | undefined
  /** False while it is being uploaded: its checksum was not told yet. */
  readonly complete: boolean
  /** Of an image that came by v2: the manifest that it is the uppermost layer of. */
  readonly manifest?: Where & { readonly digest: string }
}

/** A tag as Registry v1 tells of it. */
export interface TagInfo {
  /** When it was put, in unix seconds. */
  readonly updated: number
  /** The User-Agent that put it. */
  readonly agent: string
}

export interface RegistryV1 {
  /** `host id repository` → image. */
  readonly images: Table<ImageV1>
  /** `host/name digest` → id of the image of v1 that a manifest was made of. */
  readonly sources: Table<string>
  /** `host/name tag` */
  readonly infos: Table<TagInfo>
}

export const emptyRegistryV1: RegistryV1 = { images: Table.empty, sources: Table.empty, infos: Table.empty }

export const imageKey = ({ registry, name }: Where, id: string): string => `${registry} ${id} ${name}`

/** Where the images of a repository are kept: a registry of one's own has one place for all. */
export const placeOf = ({ registry, name }: Where): Where => ({
  registry,
  name: registry === REGISTRY_HOST ? name : '',
})

export const isImageId = (text: string): boolean => /^(?:[0-9a-f]{16}|[0-9a-f]{64})$/.test(text)

const known = new WeakMap<ImageV1, string>()

/** What docker since 0.10 calls the payload's checksum. docker-registry: checksums.compute_simple */
export function checksumOf(image: ImageV1): string {
  const before = known.get(image)
  if (before !== undefined) return before
  const checksum = digestOf(image.json, '\n', image.layer ?? '')
  known.set(image, checksum)
  return checksum
}
