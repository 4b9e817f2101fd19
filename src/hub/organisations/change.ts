import type { Instant } from '../../core/instant.ts'
import type { HubEvent } from '../events.ts'
import { type Group, type Member, type Organisation, OWNERS, ownersOf, type Role } from './organisation.ts'

export const set = (organisation: Organisation): HubEvent[] => [{ type: 'organisation.set', organisation }]

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)

/** Nobody is in a team who is not in the organisation; whoever joins a second time keeps the day of the first. */
export function withMember(organisation: Organisation, name: string, role: Role, now: Instant): Organisation {
  const known = organisation.members.find((member) => member.name === name)
  const member: Member = { name, role, joined: known?.joined ?? now }
  const others = organisation.members.filter((one) => one !== known)
  return { ...organisation, members: [...others, member].sort(byName) }
}

export const withoutMember = (organisation: Organisation, name: string): Organisation => ({
  ...organisation,
  members: organisation.members.filter((member) => member.name !== name),
  groups: organisation.groups.map((group) => ({ ...group, members: group.members.filter((one) => one !== name) })),
})

export const withGroup = (organisation: Organisation, group: Group): Organisation => ({
  ...organisation,
  groups: [...organisation.groups.filter(({ id }) => id !== group.id), group].sort(byName),
})

/** Joins a team: the one of the owners is a matter of roles. */
export function joinTeam(organisation: Organisation, team: string, name: string, now: Instant): Organisation {
  const role = organisation.members.find((member) => member.name === name)?.role ?? 'member'
  if (team === OWNERS) return withMember(organisation, name, 'owner', now)
  const joined = withMember(organisation, name, role, now)
  const group = joined.groups.find((one) => one.name === team)
  if (!group || group.members.includes(name)) return joined
  return withGroup(joined, { ...group, members: [...group.members, name].sort() })
}

/** Whether the organisation would be left without anybody who may manage it. */
export const isLastOwner = (organisation: Organisation, name: string): boolean =>
  ownersOf(organisation).length === 1 && ownersOf(organisation)[0] === name
