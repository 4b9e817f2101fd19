import type { Where } from '../registry/registry.ts'
import type { ImageV1, TagInfo } from './image.ts'

export interface RegistryV1Events {
  /** The upload of an image begins, or begins again. */
  'imagev1.json': { readonly registry: string; readonly image: ImageV1 }
  'imagev1.layer': { readonly registry: string; readonly id: string; readonly layer: Uint8Array }
  /** Its checksum was right: it is there. */
  'imagev1.complete': { readonly registry: string; readonly id: string }
  /** `source`: the image that the manifest was made of; `undefined`: it came by v2. */
  'imagev1.tag': Where & {
    readonly tag: string
    readonly digest: string
    readonly source: string | undefined
    readonly info: TagInfo
  }
}
