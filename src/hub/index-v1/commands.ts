import type { Where } from '../registry/registry.ts'
import type { ListedImage } from './listing.ts'

export interface IndexCommands {
  /** A push begins. `token`: one for writing is asked for. `by`: whose push it is, where that is known. */
  IndexRepositoryPut: Where & { readonly images: readonly ListedImage[]; readonly token: boolean; readonly by?: string }
  /** A push ends. */
  IndexImagesPut: Where & { readonly images: readonly ListedImage[] }
  /** First it is only said to be deleted; once the registry is done, it goes. `token`: one for deleting is asked for. */
  IndexRepositoryDelete: { readonly name: string; readonly token: boolean; readonly by?: string }
  IndexTokenIssue: { readonly name: string }
  IndexTokenSpend: { readonly signature: string }
  IndexTokenExpire: { readonly signature: string }
}
