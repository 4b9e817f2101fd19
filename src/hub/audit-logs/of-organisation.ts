import type { Group, Organisation } from '../organisations/organisation.ts'
import type { ActionName } from './actions.ts'

/** What a change is told as, but for when it was and by whom. */
export interface Told {
  readonly action: ActionName
  readonly name: string
  readonly data?: Readonly<Record<string, string>>
}

type Named = { readonly name: string }

/** Those of `some` that are not among `others`. */
const beside = <T extends Named>(some: readonly T[], others: readonly Named[]): T[] =>
  some.filter(({ name }) => others.every((other) => other.name !== name))

/** What became of an organisation. */
export function ofOrganisation(before: Organisation | undefined, after: Organisation): Told[] {
  const { name } = after
  if (!before) return [{ action: 'org.create', name }]
  const invited = after.invites.filter(({ id }) => before.invites.every((known) => known.id !== id))
  const changed = JSON.stringify(before.restrictedImages) !== JSON.stringify(after.restrictedImages)
  return [
    ...ofMembers(before, after),
    ...ofGroups(before, after),
    ...invited.map(
      ({ invitee, team }): Told => ({ action: 'org.team.member.invite', name: invitee, data: teamData(team) }),
    ),
    ...(changed ? [{ action: 'org.settings.update' as const, name }] : []),
  ]
}

const teamData = (team: string) => (team === '' ? {} : { team })

function ofMembers(before: Organisation, after: Organisation): Told[] {
  const moved = after.members.filter((member) =>
    before.members.some(({ name, role }) => name === member.name && role !== member.role),
  )
  return [
    ...beside(after.members, before.members).map(({ name }): Told => ({ action: 'org.member.added', name })),
    ...beside(before.members, after.members).map(({ name }): Told => ({ action: 'org.member.removed', name })),
    ...moved.map(({ name, role }): Told => ({ action: 'org.member.role_changed', name, data: { role } })),
  ]
}

function ofGroups(before: Organisation, after: Organisation): Told[] {
  const known = (groups: readonly Group[], id: number) => groups.find((group) => group.id === id)
  const about = (action: ActionName, team: string): Told => ({ action, name: after.name, data: { team } })
  return [
    ...before.groups.filter(({ id }) => !known(after.groups, id)).map(({ name }) => about('org.team.delete', name)),
    ...after.groups.flatMap((group) => {
      const was = known(before.groups, group.id)
      const renamed = was && (was.name !== group.name || was.description !== group.description)
      return [
        ...(was ? [] : [about('org.team.create', group.name)]),
        ...(renamed ? [about('org.team.update', group.name)] : []),
        ...ofTeam(was?.members ?? [], group),
      ]
    }),
  ]
}

const ofTeam = (before: readonly string[], { name: team, members }: Group): Told[] => [
  ...members
    .filter((name) => !before.includes(name))
    .map((name): Told => ({ action: 'org.team.member.add', name, data: { team } })),
  ...before
    .filter((name) => !members.includes(name))
    .map((name): Told => ({ action: 'org.team.member.remove', name, data: { team } })),
]
