import type { Blob } from './blob.ts'
import type { Manifest, Upload, Where, Window } from './registry.ts'

export interface RegistryEvents {
  'upload.start': Where & { readonly upload: Upload }
  'upload.append': Where & { readonly id: string; readonly bytes: Uint8Array }
  /** It ended: by a blob, by the client's wish, or because nothing came any more. */
  'upload.end': Where & { readonly id: string }
  /**
   * The repository has the blob, whose bytes may have been there already; they come in one piece or in parts.
   * `digest`: by sha256. `asked`: by another algorithm, if it was put by one.
   */
  'blob.add': Where & { readonly digest: string; readonly asked?: string; readonly bytes: Uint8Array | Blob }
  'blob.delete': Where & { readonly digest: string }
  /** `tag`: the name it was put under, if it was one. `account`: who put it, if that is known. */
  'manifest.add': Where & {
    readonly manifest: Manifest
    readonly tag: string | undefined
    readonly account?: string | undefined
  }
  /** With all tags that named it. */
  'manifest.delete': Where & { readonly digest: string }
  'tag.delete': Where & { readonly tag: string }
  /** `account`: whose window it counts in. */
  'manifest.pull': Where & { readonly digest: string; readonly account: string; readonly window: Window | undefined }
}
