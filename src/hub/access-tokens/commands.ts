import type { Instant } from '../../core/instant.ts'
import type { TokenScope } from './access-token.ts'

export interface AccessTokenCommands {
  AccessTokenCreate: {
    readonly owner: string
    readonly label: string
    readonly scopes: readonly TokenScope[]
    readonly expires: Instant | undefined
    readonly creatorAgent: string
  }
  /** What is `undefined` stays as it is. */
  AccessTokenUpdate: {
    readonly owner: string
    readonly uuid: string
    readonly label: string | undefined
    readonly active: boolean | undefined
  }
  AccessTokenDelete: { readonly owner: string; readonly uuid: string }
  AccessTokenUse: { readonly uuid: string }
  SessionStart: { readonly username: string; readonly password: string }
}
