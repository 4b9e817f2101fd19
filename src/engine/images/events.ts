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
  /** Silent: an archive had a layer that was not here before. `size`: bytes of it in the archive. */
  'image.layer': { readonly name: string; readonly size: number }
  /** Silent: an image loses a name, canonical, to one that is loaded. */
  'image.displace': { readonly id: string; readonly reference: string }
  /** `names`: canonical references that the archive gave it. */
  'image.load': { readonly id: string; readonly names: readonly string[] }
  'image.import': { readonly id: string }
  'image.create': { readonly id: string }
  'image.save': { readonly id: string }
  /** `reference` is canonical; empty where the image has no name. */
  'container.commit': {
    readonly id: string
    readonly comment: string
    readonly image: string
    readonly reference: string
  }
  'image.prune': { readonly reclaimed: number }
}
