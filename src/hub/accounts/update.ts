import type { HubEvent } from '../events.ts'
import type { HubVerb } from '../verb.ts'
import { hasEmail, hashPassword } from './account.ts'
import { checkEmail, checkFreeEmail, checkPassword } from './check.ts'
import type { AccountCommands } from './commands.ts'
import { noSuchUser } from './errors.ts'
import { confirmation } from './mailbox.ts'

/** `PUT /v1/users/<name>/`: a new address is added, and is to be confirmed; the old ones stay. */
export const update: HubVerb<AccountCommands['AccountUpdate']> = (state, { name, password, email }, env) => {
  const account = state.accounts.get(name)
  if (!account) throw noSuchUser()
  if (password !== undefined) checkPassword(password)
  if (email !== undefined) checkEmail(email)
  const added = email !== undefined && !hasEmail(account, email) ? email : undefined
  if (added !== undefined) checkFreeEmail(state.accounts, added)
  const passwordHash = password === undefined ? undefined : hashPassword(name, password)
  const changed: HubEvent = { type: 'account.update', name, passwordHash, email: added }
  if (added === undefined) return [changed]
  if (state.rules.confirmAtOnce) return [changed, { type: 'account.confirm', name, email: added }]
  return [changed, { type: 'mail.send', mail: confirmation(name, added, env.id(), env.now) }]
}
