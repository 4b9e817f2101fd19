import { Table } from '../../core/table.ts'
import type { IndexToken } from '../auth/index-token.ts'

/** An image as the Index knows it. */
export interface ListedImage {
  readonly id: string
  readonly checksum?: string
  /** The latest of its tags. */
  readonly tag?: string
}

/** A name in the Index, with the images that may be pushed under it. */
export interface Listing {
  /** The Hub's, or one that is its own Index. */
  readonly registry: string
  /** `alice/bb` */
  readonly name: string
  /** `initialized`: a push goes on. `deleted`: it still has to go from the registry. */
  readonly state: 'initialized' | 'active' | 'deleted'
  readonly images: readonly ListedImage[]
  /** Whose the latest push is. */
  readonly by?: string
}

/** What the Index alone knows. */
export interface IndexV1 {
  /** By `registry/name`. */
  readonly listings: Table<Listing>
  /** By signature. */
  readonly tokens: Table<IndexToken>
}

export const emptyIndex: IndexV1 = { listings: Table.empty, tokens: Table.empty }

/** Images are only ever added, and a checksum that is known stays. */
export function merge(known: readonly ListedImage[], more: readonly ListedImage[]): readonly ListedImage[] {
  const byId = new Map(known.map((image) => [image.id, image]))
  for (const image of more) {
    const before = byId.get(image.id)
    const checksum = before?.checksum ?? image.checksum
    const tag = image.tag ?? before?.tag
    byId.set(image.id, {
      id: image.id,
      ...(checksum === undefined ? {} : { checksum }),
      ...(tag === undefined ? {} : { tag }),
    })
  }
  return [...byId.values()]
}
