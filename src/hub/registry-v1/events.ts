import type { Where } from '../registry/registry.ts'
import type { ImageV1, TagInfo } from './image.ts'

export interface RegistryV1Events {
  /** The upload of an image begins, or begins again. */
  'imagev1.json': Where & { readonly image: ImageV1 }
  'imagev1.layer': Where & { readonly id: string; readonly layer: Uint8Array }
  /** Its checksum was right: it is there. */
  'imagev1.complete': Where & { readonly id: string }
  /** A repository takes over what is below its image, so that it has it whatever becomes of the other repository. */
  'imagev1.copy': Where & { readonly image: ImageV1 }
  /** `source`: the image that the manifest was made of; `undefined`: it came by v2. */
  'imagev1.tag': Where & {
    readonly tag: string
    readonly digest: string
    readonly source: string | undefined
    readonly info: TagInfo
  }
}
