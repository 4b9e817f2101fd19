import { type Accounts, hasEmail } from './account.ts'
import { emailTaken, forbiddenUsername, shortPassword, usernameTaken, wrongEmail, wrongUsername } from './errors.ts'

const USERNAME = /^[a-z0-9_]{4,30}$/
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/
const SHORTEST_PASSWORD = 5
/** Names that are Docker's own, or parts of its addresses. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'library',
  'docker',
  'root',
  'admin',
  'repositories',
  'users',
  'account',
  'search',
])

/** What docker's own registration accepted, in the order in which it was looked at. */
export function checkUsername(name: string): void {
  if (!USERNAME.test(name)) throw wrongUsername()
  if (FORBIDDEN.has(name)) throw forbiddenUsername()
}

export function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD) throw shortPassword()
}

export function checkEmail(address: string): void {
  if (!EMAIL.test(address)) throw wrongEmail()
}

export function checkFree(accounts: Accounts, name: string, address: string): void {
  if (accounts.has(name)) throw usernameTaken()
  checkFreeEmail(accounts, address)
}

export function checkFreeEmail(accounts: Accounts, address: string): void {
  if (accounts.values().some((account) => hasEmail(account, address))) throw emailTaken()
}
