import { uuidOf } from '../access-tokens/uuid.ts'
import type { HubEvent } from '../events.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { alreadyThere, lastOwner, noMember, noUser, ownersStay } from '../hub-api/errors.ts'
import type { HubVerb } from '../verb.ts'
import { isLastOwner, joinTeam, set, withGroup, withMember } from './change.ts'
import type { OrganisationCommands } from './commands.ts'
import { findGroup, findMember, findOrganisation } from './find.ts'
import { type Organisation, OWNERS } from './organisation.ts'

const taken = ({ groups }: Organisation, name: string) => name === OWNERS || groups.some((one) => one.name === name)

export const createGroup: HubVerb<OrganisationCommands['GroupCreate']> = (state, command, env) => {
  const organisation = findOrganisation(state, command.name)
  if (taken(organisation, command.group)) throw alreadyThere('group')
  const { group: name, description } = command
  const id = Number.parseInt(env.id().slice(0, 7), 16)
  return set(withGroup(organisation, { id, uuid: uuidOf(env.id()), name, description, members: [] }))
}

export const updateGroup: HubVerb<OrganisationCommands['GroupUpdate']> = (state, command) => {
  const { name, group, renamed = group, description } = command
  const organisation = findOrganisation(state, name)
  if (group === OWNERS) throw ownersStay()
  const known = findGroup(organisation, group)
  if (renamed !== group && taken(organisation, renamed)) throw alreadyThere('group')
  return set(withGroup(organisation, { ...known, name: renamed, description: description ?? known.description }))
}

/** With what the team might do in repositories. */
export const removeGroup: HubVerb<OrganisationCommands['GroupDelete']> = (state, { name, group }) => {
  const organisation = findOrganisation(state, name)
  if (group === OWNERS) throw ownersStay()
  const { id } = findGroup(organisation, group)
  const bereft = state.repositories
    .prefix(`${REGISTRY_HOST}/${name}/`)
    .filter(({ groups }) => groups?.some((one) => one.id === id))
    .map((one): HubEvent => {
      const groups = one.groups!.filter((other) => other.id !== id)
      return { type: 'repository.set', repository: { ...one, groups } }
    })
  return [...set({ ...organisation, groups: organisation.groups.filter((one) => one.id !== id) }), ...bereft]
}

export const addGroupMember: HubVerb<OrganisationCommands['GroupMemberAdd']> = (state, command, env) => {
  const { name, group, member } = command
  const organisation = findOrganisation(state, name)
  if (group !== OWNERS) findGroup(organisation, group)
  if (!state.accounts.has(member)) throw noUser()
  return set(joinTeam(organisation, group, member, env.now))
}

export const removeGroupMember: HubVerb<OrganisationCommands['GroupMemberRemove']> = (state, command, env) => {
  const { name, group, member } = command
  const organisation = findOrganisation(state, name)
  if (group === OWNERS) {
    if (findMember(organisation, member).role !== 'owner') throw noMember()
    if (isLastOwner(organisation, member)) throw lastOwner()
    return set(withMember(organisation, member, 'member', env.now))
  }
  const known = findGroup(organisation, group)
  if (!known.members.includes(member)) throw noMember()
  return set(withGroup(organisation, { ...known, members: known.members.filter((one) => one !== member) }))
}
