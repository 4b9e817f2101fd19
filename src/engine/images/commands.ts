import type { Filters } from '../../http/filters.ts'
import type { Config } from '../containers/config.ts'
import type { Platform } from '../containers/platform.ts'
import type { WholeImage } from './make-image.ts'

/** What can be asked of the domain, by operationId; an operation that does two things has a command for each. */
export interface ImageCommands {
  /** `repo` and `tag` as the caller gave them; without a repo nothing happens. */
  ImageTag: { readonly name: string; readonly repo: string; readonly tag: string }
  /** `noprune`: parents without a name stay. */
  ImageDelete: {
    readonly name: string
    readonly force: boolean
    readonly noprune: boolean
    readonly platform?: Platform | undefined
  }
  ImagePrune: { readonly filters: Filters }
  /** A docker-archive of any age or an OCI layout, plain or compressed. `platform`: the others in it are left out. */
  ImageLoad: { readonly archive: Uint8Array; readonly platform?: Platform | undefined }
  /** `ImageCreate` with `fromSrc`: the tar of a whole tree, plain or compressed. */
  ImageImport: {
    readonly archive: Uint8Array
    readonly repo: string
    readonly tag: string
    readonly message: string
    readonly platform: Platform | undefined
    readonly changes: readonly string[]
  }
  /** `config`: null takes the container's. `pause`: a running container stands still meanwhile, and events tell so. */
  ImageCommit: {
    readonly container: string
    readonly pause: boolean
    readonly repo: string
    readonly tag: string
    readonly comment: string
    readonly author: string
    readonly changes: readonly string[]
    readonly config: Config | null
  }
  /** No operation of the API: an image that was declared comes into the store. `reference` is canonical. */
  ImageDeclare: { readonly whole: WholeImage; readonly reference: string }
  /** `ImageGet` and `ImageGetAll`: only tells of it. */
  ImageSave: { readonly names: readonly string[]; readonly platform?: Platform | undefined }
}
