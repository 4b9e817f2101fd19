import type { HubVerbs } from '../verb.ts'
import type { AccessTokenCommands } from './commands.ts'
import { createToken } from './create.ts'
import { removeToken } from './remove.ts'
import { startSession } from './start-session.ts'
import { updateToken } from './update.ts'

/** The verbs of personal access tokens by command name. */
export const accessTokenVerbs: HubVerbs<AccessTokenCommands> = {
  AccessTokenCreate: createToken,
  AccessTokenUpdate: updateToken,
  AccessTokenDelete: removeToken,
  AccessTokenUse: (_, { uuid }) => [{ type: 'access-token.use', uuid }],
  SessionStart: startSession,
}
