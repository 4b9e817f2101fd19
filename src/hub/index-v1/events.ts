import type { IndexToken } from '../auth/index-token.ts'
import type { Where } from '../registry/registry.ts'
import type { ListedImage, Listing } from './listing.ts'

export interface IndexEvents {
  'listing.set': { readonly listing: Listing }
  /** These, beside those that are listed. */
  'listing.add': Where & { readonly images: readonly ListedImage[] }
  'listing.remove': Where
  'token.issue': { readonly token: IndexToken }
  'token.spend': { readonly signature: string }
  'token.expire': { readonly signature: string }
}
