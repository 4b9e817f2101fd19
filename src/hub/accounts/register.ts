import type { HubVerb } from '../verb.ts'
import { type Account, hashPassword } from './account.ts'
import { checkEmail, checkFree, checkPassword, checkUsername } from './check.ts'
import type { AccountCommands } from './commands.ts'
import { usernameTaken } from './errors.ts'
import { confirmation } from './mailbox.ts'

/** `POST /v1/users/` */
export const register: HubVerb<AccountCommands['AccountRegister']> = (state, { name, password, email }, env) => {
  checkUsername(name)
  checkPassword(password)
  checkEmail(email)
  checkFree(state.accounts, name, email)
  if (state.organisations.has(name)) throw usernameTaken()
  const { confirmAtOnce } = state.rules
  const account: Account = {
    name,
    emails: [{ address: email, verified: confirmAtOnce }],
    passwordHash: hashPassword(name, password),
    active: confirmAtOnce,
    admin: false,
    joined: env.now,
  }
  if (confirmAtOnce) return [{ type: 'account.register', account }]
  return [
    { type: 'account.register', account },
    { type: 'mail.send', mail: confirmation(name, email, env.id(), env.now) },
  ]
}
