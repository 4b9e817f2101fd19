import type { Where } from './registry.ts'

/** Distribution's route names. */
export interface RegistryCommands {
  /** `digest`: the whole blob is in the body. `mount`: a blob of another repository is wanted here. */
  BlobUploadStart: Where & {
    readonly bytes: Uint8Array
    readonly digest: string | undefined
    readonly mount: { readonly digest: string; readonly from: string; readonly allowed: boolean } | undefined
  }
  /** `from`: where the part says that it begins. */
  BlobUploadAppend: Where & { readonly id: string; readonly bytes: Uint8Array; readonly from: number | undefined }
  /** `bytes`: the last part. */
  BlobUploadFinish: Where & {
    readonly id: string
    readonly bytes: Uint8Array
    readonly digest: string
    readonly from: number | undefined
  }
  BlobUploadCancel: Where & { readonly id: string }
  BlobDelete: Where & { readonly digest: string }
  /** `account`: who puts it; `undefined` where nobody asks. */
  ManifestPut: Where & {
    readonly account?: string | undefined
    readonly reference: string
    readonly mediaType: string
    readonly bytes: Uint8Array
  }
  /** `account`: whom the pull counts for; `undefined` where nobody counts. */
  ManifestGet: Where & { readonly reference: string; readonly account: string | undefined }
  /** `account`: whose wish it is; `` for nobody in particular. */
  ManifestDelete: Where & { readonly reference: string; readonly account?: string }
}
