import type { Instant } from '../core/instant.ts'
import { hashPassword } from '../hub/accounts/account.ts'
import type { HubEvent } from '../hub/events.ts'
import { numberFor, uuidFor } from '../hub/hub-api/number.ts'
import { type Group, type Member, NO_RESTRICTIONS } from '../hub/organisations/organisation.ts'
import type { Repository } from '../hub/repositories/repository.ts'
import type { HubAccount, HubOrganisation, HubTeam } from './hub-origin.ts'

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)

/** An organisation as it stands at the beginning. */
export function organisationEvent(
  given: HubOrganisation,
  accounts: readonly HubAccount[],
  secret: string,
  now: Instant,
): HubEvent {
  const { name, fullName = '', members, teams = [], scimToken } = given
  check(given, new Set(accounts.map((account) => account.name)))
  const organisation = {
    name,
    fullName,
    uuid: uuidFor(secret, 'organisation', name),
    created: now,
    members: Object.entries(members)
      .map(([member, role]): Member => ({ name: member, role, joined: now }))
      .sort(byName),
    groups: teams.map((team) => groupOf(name, team, secret)).sort(byName),
    invites: [],
    restrictedImages: NO_RESTRICTIONS,
    ...(scimToken === undefined ? {} : { scimTokenHash: hashPassword(name, scimToken) }),
  }
  return { type: 'organisation.set', organisation }
}

/** Told at once, rather than by a strange answer later. */
function check({ name, members, teams = [] }: HubOrganisation, accounts: ReadonlySet<string>): void {
  const stranger = Object.keys(members).find((member) => !accounts.has(member))
  if (stranger !== undefined) throw new TypeError(`organisation ${name}: there is no account ${stranger}`)
  if (!Object.values(members).includes('owner')) throw new TypeError(`organisation ${name}: it needs an owner`)
  for (const team of teams)
    for (const member of team.members ?? [])
      if (!Object.hasOwn(members, member))
        throw new TypeError(`organisation ${name}: ${member} of team ${team.name} is no member`)
}

const idOf = (organisation: string, team: string, secret: string) =>
  numberFor(secret, 'team', `${organisation} ${team}`)

const groupOf = (organisation: string, { name, description = '', members = [] }: HubTeam, secret: string): Group => ({
  id: idOf(organisation, name, secret),
  uuid: uuidFor(secret, 'team', `${organisation} ${name}`),
  name,
  description,
  members: [...members].sort(),
})

/** What teams may do in the repository of this name. */
export function teamsOf(
  organisations: readonly HubOrganisation[],
  repository: string,
  secret: string,
): NonNullable<Repository['groups']> {
  const [namespace, short = ''] = repository.split('/')
  const teams = organisations.find(({ name }) => name === namespace)?.teams ?? []
  return teams.flatMap((team) => {
    const permission = team.repositories?.[short]
    return permission ? [{ id: idOf(namespace!, team.name, secret), permission }] : []
  })
}
