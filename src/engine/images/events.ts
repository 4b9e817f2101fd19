import type { Image } from './image.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface ImageEvents {
  /** Silent: an image came into the store, whole. */
  'image.add': { readonly image: Image }
  /** `reference` is canonical: `docker.io/library/busybox:1.36`. */
  'image.tag': { readonly id: string; readonly reference: string }
}
