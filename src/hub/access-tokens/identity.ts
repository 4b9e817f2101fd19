import type { Basic } from '../../http/credentials.ts'
import { type Account, hashPassword } from '../accounts/account.ts'
import { authenticate } from '../accounts/authenticate.ts'
import type { HubState } from '../state.ts'
import { type AccessToken, holds } from './access-token.ts'

/** Somebody who has shown who they are. */
export interface Identity {
  readonly account: Account
  /** What stood in the password's place, if it was not the password. */
  readonly token?: AccessToken | undefined
}

/** Whose credentials these are: the password is the account's, or a personal access token. */
export function identityOf(state: HubState, basic: Basic): Identity | undefined {
  const account = authenticate(state.accounts, basic)
  return account ? { account } : byToken(state, basic)
}

function byToken({ accounts, accessTokens, now }: HubState, { username, password }: Basic): Identity | undefined {
  const account = accounts.get(username)
  if (!account?.active) return undefined
  const hash = hashPassword(username, password)
  const token = accessTokens
    .values()
    .find((one) => one.owner === username && one.secretHash === hash && holds(one, now))
  return token && { account, token }
}
