import type { HubVerb } from '../verb.ts'
import type { AccessTokenCommands } from './commands.ts'
import { findToken } from './find.ts'

export const updateToken: HubVerb<AccessTokenCommands['AccessTokenUpdate']> = (state, { owner, uuid, ...asked }) => {
  const known = findToken(state, owner, uuid)
  const { label = known.label, active = known.active } = asked
  return [{ type: 'access-token.set', token: { ...known, label, active } }]
}
