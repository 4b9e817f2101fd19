import type { Env } from '../../core/env.ts'
import { uuidOf } from '../access-tokens/uuid.ts'
import { type Account, hasEmail, hashPassword } from '../accounts/account.ts'
import { checkEmail } from '../accounts/check.ts'
import type { HubEvent } from '../events.ts'
import { lastOwner } from '../hub-api/errors.ts'
import { isLastOwner, joinTeam, set, withGroup, withMember, withoutMember } from '../organisations/change.ts'
import { findOrganisation } from '../organisations/find.ts'
import { type Organisation, roleOf } from '../organisations/organisation.ts'
import type { HubState } from '../state.ts'
import type { HubVerbs } from '../verb.ts'
import type { ScimCommands } from './commands.ts'
import { alreadyMember, invalidValue, notFound } from './problem.ts'
import type { Provisioned } from './provisioned.ts'
import { usersOf } from './user.ts'

/** The team of those who came by the identity provider. */
const COMPANY = 'company'

const SHORTEST_NAME = 4
const LONGEST_NAME = 30

/** A free name after the address's first part. */
function nameFor({ accounts, organisations }: HubState, email: string): string {
  const plain = email
    .split('@')[0]!
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  const base = plain.slice(0, LONGEST_NAME - SHORTEST_NAME).padEnd(SHORTEST_NAME, '0')
  const free = (name: string) => !accounts.has(name) && !organisations.has(name)
  for (let i = 0; ; i++) if (free(i === 0 ? base : `${base}${i}`)) return i === 0 ? base : `${base}${i}`
}

/** Nobody knows its password: whoever it is comes in by the provider. */
const newAccount = (name: string, email: string, env: Env): Account => ({
  name,
  emails: [{ address: email, verified: true }],
  passwordHash: hashPassword(name, env.id()),
  active: true,
  admin: false,
  joined: env.now,
})

const withProvisioned = (organisation: Organisation, user: Provisioned): Organisation => ({
  ...organisation,
  provisioned: [...(organisation.provisioned ?? []).filter(({ account }) => account !== user.account), user],
})

function inCompany(organisation: Organisation, account: string, env: Env): Organisation {
  const there = organisation.groups.some(({ name }) => name === COMPANY)
  const id = Number.parseInt(env.id().slice(0, 7), 16)
  const team = { id, uuid: uuidOf(env.id()), name: COMPANY, description: '', members: [] }
  return joinTeam(there ? organisation : withGroup(organisation, team), COMPANY, account, env.now)
}

export const scimVerbs: HubVerbs<ScimCommands> = {
  ScimUserCreate: (state, { organisation: of, email, name }, env) => {
    const organisation = findOrganisation(state, of)
    try {
      checkEmail(email)
    } catch {
      throw invalidValue('userName')
    }
    const known = state.accounts.values().find((one) => hasEmail(one, email))
    if (known && usersOf(organisation).some(({ account }) => account === known.name)) throw alreadyMember()
    const account = known ?? newAccount(nameFor(state, email), email, env)
    const { givenName = '', familyName = '' } = name
    const user = { account: account.name, givenName, familyName, active: true, created: env.now, modified: env.now }
    const made: HubEvent[] = known ? [] : [{ type: 'account.register', account }]
    return [...made, ...set(withProvisioned(inCompany(organisation, account.name, env), user))]
  },
  ScimUserUpdate: (state, { organisation: of, account, name, active }, env) => {
    const organisation = findOrganisation(state, of)
    const known = usersOf(organisation).find((user) => user.account === account)
    if (!known) throw notFound()
    if (!active && isLastOwner(organisation, account)) throw lastOwner()
    const { givenName = known.givenName, familyName = known.familyName } = name
    const user = { ...known, givenName, familyName, active, modified: env.now }
    const role = roleOf(organisation, account)
    const moved = active
      ? withMember(organisation, account, role ?? 'member', env.now)
      : withoutMember(organisation, account)
    return set(withProvisioned(moved, user))
  },
}
