import { hashPassword } from '../accounts/account.ts'
import type { HubVerb } from '../verb.ts'
import type { AccessTokenCommands } from './commands.ts'
import { secretOf } from './secret.ts'
import { uuidOf } from './uuid.ts'

export const createToken: HubVerb<AccessTokenCommands['AccessTokenCreate']> = (_, command, env) => {
  const { owner, label, scopes, expires, creatorAgent } = command
  const secret = secretOf(env.id())
  const token = {
    uuid: uuidOf(env.id()),
    owner,
    label,
    scopes,
    active: true,
    secretHash: hashPassword(owner, secret),
    created: env.now,
    used: undefined,
    expires,
    creatorIp: '127.0.0.1',
    creatorAgent,
  }
  return [{ type: 'access-token.set', token, secret }]
}
