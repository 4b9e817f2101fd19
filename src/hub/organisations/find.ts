import { noGroup, noInvite, noMember, notFound } from '../hub-api/errors.ts'
import type { HubState } from '../state.ts'
import type { Group, Invite, Member, Organisation } from './organisation.ts'

export function findOrganisation({ organisations }: HubState, name: string): Organisation {
  const organisation = organisations.get(name)
  if (!organisation) throw notFound()
  return organisation
}

export function findMember({ members }: Organisation, name: string): Member {
  const member = members.find((one) => one.name === name)
  if (!member) throw noMember()
  return member
}

export function findGroup({ groups }: Organisation, name: string): Group {
  const group = groups.find((one) => one.name === name)
  if (!group) throw noGroup()
  return group
}

export function findInvite({ organisations }: HubState, id: string): readonly [Organisation, Invite] {
  for (const organisation of organisations.values()) {
    const invite = organisation.invites.find((one) => one.id === id)
    if (invite) return [organisation, invite]
  }
  throw noInvite()
}
