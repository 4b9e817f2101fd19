import { basicOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import { type Identity, identityOf } from '../access-tokens/identity.ts'
import { identify } from '../accounts/authenticate.ts'
import { badCredentials, notActive } from '../accounts/errors.ts'
import type { HubState } from '../state.ts'

/** Who asks by `Authorization: Basic`: somebody active, or a refusal. */
export function callerOf(state: HubState, { request }: Input): Identity {
  const credentials = basicOf(request.headers.authorization)
  if (!credentials) throw badCredentials()
  if (identify(state.accounts, credentials)?.active === false) throw notActive()
  const caller = identityOf(state, credentials)
  if (!caller) throw badCredentials()
  return caller
}

/** As callerOf, but one may also say nothing of oneself. */
export const callerIfAny = (state: HubState, input: Input): Identity | undefined =>
  input.request.headers.authorization === undefined ? undefined : callerOf(state, input)
