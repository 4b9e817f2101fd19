import type { Input } from '../../../http/input.ts'
import type { Identity } from '../../access-tokens/identity.ts'
import { mayInOrganisation } from '../../organisation-tokens/rights.ts'
import type { OrganisationScope } from '../../organisation-tokens/scopes.ts'
import { findOrganisation } from '../../organisations/find.ts'
import { type Organisation, type Role, roleOf } from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import { anyCallerOf, callerOf } from '../caller.ts'
import { forbidden, forbiddenToToken, notForOrganisationTokens } from '../errors.ts'

interface Entered {
  readonly organisation: Organisation
  readonly caller: string
  readonly role: Role
}

/** The organisation of the path, for one of its people or for what its own access token is for. */
export function organisationFor(state: HubState, input: Input, name = input.params.org!): Entered {
  const who = anyCallerOf(state, input)
  const { account, token } = who
  const organisation = findOrganisation(state, name)
  if (who.organisationToken) return byToken(organisation, who, input)
  const role = roleOf(organisation, account.name)
  if (!role) throw token ? forbiddenToToken() : forbidden()
  return { organisation, caller: account.name, role }
}

/** What a token of the organisation's needs, by what is asked of it. */
function scopeFor({ request: { method, target } }: Input): OrganisationScope | undefined {
  const reads = method === 'GET' || method === 'HEAD'
  if (/^\/v2\/auditlogs\//.test(target)) return 'scope-activity-read'
  if (/^\/v2\/orgs\/[^/]+\/members\b/.test(target)) return reads ? 'scope-member-read' : 'scope-member-edit'
  if (/^\/v2\/orgs\/[^/]+\/groups\b/.test(target)) return reads ? 'scope-group-read' : 'scope-group-edit'
  if (/^\/v2\/(?:orgs\/[^/]+\/)?invites\b/.test(target)) return reads ? 'scope-invite-read' : 'scope-invite-edit'
  return undefined
}

function byToken(organisation: Organisation, { account, organisationToken }: Identity, input: Input): Entered {
  const scope = scopeFor(input)
  if (!scope) throw notForOrganisationTokens()
  if (account.name !== organisation.name || !mayInOrganisation(organisationToken!, scope)) throw forbidden()
  return { organisation, caller: account.name, role: 'owner' }
}

/** … for one of its owners, who came in with the password or a token that may manage. */
export function ownedFor(state: HubState, input: Input, name = input.params.org!): Entered {
  const entered = organisationFor(state, input, name)
  const { token } = anyCallerOf(state, input)
  if (token && !token.scopes.includes('repo:admin')) throw forbiddenToToken()
  if (entered.role !== 'owner') throw forbidden()
  return entered
}

/** … for one of its owners in person: no token makes tokens of the organisation. */
export function managedFor(state: HubState, input: Input): Entered {
  if (callerOf(state, input).token) throw forbiddenToToken()
  return ownedFor(state, input)
}
