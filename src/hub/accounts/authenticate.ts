import type { Basic } from '../../http/credentials.ts'
import { type Account, type Accounts, hashPassword } from './account.ts'

/** The account of these credentials, active or not. */
export function identify(accounts: Accounts, { username, password }: Basic): Account | undefined {
  const account = accounts.get(username)
  return account?.passwordHash === hashPassword(username, password) ? account : undefined
}

/** The active account of these credentials. */
export function authenticate(accounts: Accounts, credentials: Basic): Account | undefined {
  const account = identify(accounts, credentials)
  return account?.active ? account : undefined
}
