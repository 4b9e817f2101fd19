import type { Input } from '../../../http/input.ts'
import { findOrganisation } from '../../organisations/find.ts'
import { type Organisation, type Role, roleOf } from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import { callerOf } from '../caller.ts'
import { forbidden, forbiddenToToken } from '../errors.ts'

interface Entered {
  readonly organisation: Organisation
  readonly caller: string
  readonly role: Role
}

/** The organisation of the path, for one of its people. */
export function organisationFor(state: HubState, input: Input, name = input.params.org!): Entered {
  const { account, token } = callerOf(state, input)
  const organisation = findOrganisation(state, name)
  const role = roleOf(organisation, account.name)
  if (!role) throw token ? forbiddenToToken() : forbidden()
  return { organisation, caller: account.name, role }
}

/** … for one of its owners, who came in with the password or a token that may manage. */
export function ownedFor(state: HubState, input: Input, name = input.params.org!): Entered {
  const entered = organisationFor(state, input, name)
  const { token } = callerOf(state, input)
  if (token && !token.scopes.includes('repo:admin')) throw forbiddenToToken()
  if (entered.role !== 'owner') throw forbidden()
  return entered
}
