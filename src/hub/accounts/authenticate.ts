import type { Basic } from '../../http/credentials.ts'
import { type Account, type Accounts, hashPassword } from './account.ts'

/** The active account of these credentials. */
export function authenticate(accounts: Accounts, { username, password }: Basic): Account | undefined {
  const account = accounts.get(username)
  const known = account?.active && account.passwordHash === hashPassword(username, password)
  return known ? account : undefined
}
