import type { HubVerb } from '../verb.ts'
import type { AccessTokenCommands } from './commands.ts'
import { findToken } from './find.ts'

export const removeToken: HubVerb<AccessTokenCommands['AccessTokenDelete']> = (state, { owner, uuid }) => [
  { type: 'access-token.delete', uuid: findToken(state, owner, uuid).uuid },
]
