import type { Image } from './image.ts'
import type { Layer } from './layer.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface ImageEvents {
  /** Silent: an image came into the store, whole; layers that were there already may be given again. */
  'image.add': { readonly image: Image; readonly layers: readonly Layer[] }
  /** `reference` is canonical: `docker.io/library/busybox:1.36`. */
  'image.tag': { readonly id: string; readonly reference: string }
  'image.untag': { readonly id: string; readonly reference: string }
  /** `freed`: the layers, by diffID, that no other image has; `chains`: the chainIDs that are gone, top first. */
  'image.delete': { readonly id: string; readonly freed: readonly string[]; readonly chains: readonly string[] }
  'image.prune': { readonly reclaimed: number }
}
