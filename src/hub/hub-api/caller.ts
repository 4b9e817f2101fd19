import type { Input } from '../../http/input.ts'
import type { Identity } from '../access-tokens/identity.ts'
import type { HubState } from '../state.ts'
import { notForOrganisationTokens, passwordNeeded, unauthorized } from './errors.ts'
import { sessionOf } from './session.ts'

/** Somebody with a session, or nobody in particular. An organisation's access token opens a part of the API alone. */
export function callerIfAny(state: HubState, input: Input): Identity | undefined {
  const who = anyCallerIfAny(state, input)
  if (who?.organisationToken) throw notForOrganisationTokens()
  return who
}

/** Who asks, by `Authorization: Bearer …` or the older `JWT …`; `undefined`: nobody in particular. */
export function anyCallerIfAny(state: HubState, { request }: Input): Identity | undefined {
  const header = request.headers.authorization
  if (header === undefined) return undefined
  const jwt = /^(?:bearer|jwt)\s+(\S+)$/i.exec(header)?.[1]
  const who = jwt === undefined ? undefined : sessionOf(state, jwt)
  if (!who) throw unauthorized()
  return who
}

export function callerOf(state: HubState, input: Input): Identity {
  const who = callerIfAny(state, input)
  if (!who) throw unauthorized()
  return who
}

/** … an organisation's access token, too. */
export function anyCallerOf(state: HubState, input: Input): Identity {
  const who = anyCallerIfAny(state, input)
  if (!who) throw unauthorized()
  return who
}

/** Somebody who came in with the password: of the account itself, and not of repositories, is asked. */
export function holderOf(state: HubState, input: Input): string {
  const { account, token } = callerOf(state, input)
  if (token) throw passwordNeeded()
  return account.name
}
