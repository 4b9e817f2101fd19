import type { HubVerbs } from '../verb.ts'
import type { AccountCommands } from './commands.ts'
import { confirm } from './confirm.ts'
import { register } from './register.ts'
import { update } from './update.ts'

/** The accounts' verbs by command name. */
export const accountVerbs: HubVerbs<AccountCommands> = {
  AccountRegister: register,
  AccountConfirm: confirm,
  AccountUpdate: update,
}
