import type { Account } from './account.ts'
import type { Mail } from './mailbox.ts'

export interface AccountEvents {
  /** A new account. */
  'account.register': { readonly account: Account }
  /** The address is its owner's; an account without one so far becomes active. */
  'account.confirm': { readonly name: string; readonly email: string }
  /** `undefined`: as it was. An address is added, none goes. */
  'account.update': {
    readonly name: string
    readonly passwordHash: string | undefined
    readonly email: string | undefined
  }
  'mail.send': { readonly mail: Mail }
}
