import { lastOwner } from '../hub-api/errors.ts'
import type { HubVerb } from '../verb.ts'
import { isLastOwner, set, withMember, withoutMember } from './change.ts'
import type { OrganisationCommands } from './commands.ts'
import { findMember, findOrganisation } from './find.ts'

export const updateMember: HubVerb<OrganisationCommands['MemberUpdate']> = (state, { name, member, role }, env) => {
  const organisation = findOrganisation(state, name)
  findMember(organisation, member)
  if (role !== 'owner' && isLastOwner(organisation, member)) throw lastOwner()
  return set(withMember(organisation, member, role, env.now))
}

export const removeMember: HubVerb<OrganisationCommands['MemberRemove']> = (state, { name, member }) => {
  const organisation = findOrganisation(state, name)
  findMember(organisation, member)
  if (isLastOwner(organisation, member)) throw lastOwner()
  return set(withoutMember(organisation, member))
}
