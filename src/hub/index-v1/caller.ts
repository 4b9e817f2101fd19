import { basicOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import type { Account } from '../accounts/account.ts'
import { identify } from '../accounts/authenticate.ts'
import { badCredentials, notActive } from '../accounts/errors.ts'
import type { HubState } from '../state.ts'

/** Who asks by `Authorization: Basic`: somebody active, or a refusal. */
export function callerOf({ accounts }: HubState, { request }: Input): Account {
  const credentials = basicOf(request.headers.authorization)
  const account = credentials && identify(accounts, credentials)
  if (!account) throw badCredentials()
  if (!account.active) throw notActive()
  return account
}

/** As callerOf, but one may also say nothing of oneself. */
export const callerIfAny = (state: HubState, input: Input): Account | undefined =>
  input.request.headers.authorization === undefined ? undefined : callerOf(state, input)
