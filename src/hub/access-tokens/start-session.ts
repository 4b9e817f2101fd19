import { incorrectCredentials } from '../hub-api/errors.ts'
import type { HubVerb } from '../verb.ts'
import type { AccessTokenCommands } from './commands.ts'
import { identityOf } from './identity.ts'
import { uuidOf } from './uuid.ts'

/** Log in to the Hub API, with the password or a personal access token. */
export const startSession: HubVerb<AccessTokenCommands['SessionStart']> = (state, credentials, env) => {
  const who = identityOf({ ...state, now: env.now }, credentials)
  if (!who) throw incorrectCredentials()
  return [
    {
      type: 'session.start',
      id: uuidOf(env.id()),
      account: who.account.name,
      pat: who.token?.uuid ?? who.organisationToken?.id,
    },
  ]
}
