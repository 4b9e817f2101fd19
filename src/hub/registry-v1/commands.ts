import type { Where } from '../registry/registry.ts'
import type { Visibility } from '../repositories/repository.ts'

/** `name`: the repository that the token is for; empty where nobody asks for one. */
type Image = Where & { readonly id: string }

export interface RegistryV1Commands {
  /** `listed`: the ids that the Index lets in; `undefined`: there is no Index. `parent`: whether it lets what is below be used. */
  ImageJsonPutV1: Image & {
    readonly bytes: Uint8Array
    readonly listed: ReadonlySet<string> | undefined
    readonly parent: boolean
  }
  ImageLayerPutV1: Image & { readonly bytes: Uint8Array; readonly listed: ReadonlySet<string> | undefined }
  /** `payload`: `X-Docker-Checksum-Payload`; `legacy`: `X-Docker-Checksum`, where the registry still looks at it. */
  ImageChecksumPutV1: Image & {
    readonly payload: string | undefined
    readonly legacy: string | undefined
    readonly listed: ReadonlySet<string> | undefined
  }
  TagPutV1: Where & { readonly tag: string; readonly bytes: Uint8Array; readonly agent: string }
  TagDeleteV1: Where & { readonly tag: string }
  /** `standalone`: the registry is its own Index. */
  RepositoryDeleteV1: Where & { readonly standalone: boolean }
  PropertiesPutV1: Where & { readonly visibility: Visibility }
}
