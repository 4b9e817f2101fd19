import type { AccessToken } from './access-token.ts'

export interface AccessTokenEvents {
  /** A new token, or a token as it is from now on. `secret` is told once, when it is made, and kept as a hash. */
  'access-token.set': { readonly token: AccessToken; readonly secret?: string }
  'access-token.delete': { readonly uuid: string }
  /** Somebody came in with it. */
  'access-token.use': { readonly uuid: string }
  /** Somebody logged in to the Hub API; `pat` is what stood in the password's place, if it was not the password: a personal access token's UUID, or an organisation's. */
  'session.start': { readonly id: string; readonly account: string; readonly pat: string | undefined }
}
