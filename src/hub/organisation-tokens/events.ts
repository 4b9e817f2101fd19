import type { OrganisationToken } from './organisation-token.ts'

export interface OrganisationTokenEvents {
  /** A new token, or a token as it is from now on. `secret` is told once, when it is made, and kept as a hash. */
  'organisation-token.set': { readonly token: OrganisationToken; readonly secret?: string }
  'organisation-token.delete': { readonly id: string }
  /** Somebody came in with it. */
  'organisation-token.use': { readonly id: string }
}
