import type { Account } from './account.ts'

export interface AccountEvents {
  /** A new account, or an account as it is from now on. */
  'account.set': { readonly account: Account }
}
