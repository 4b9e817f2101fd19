import { rfc3339Nano } from '../../core/rfc3339.ts'
import { primaryEmail } from '../accounts/account.ts'
import { uuidFor } from '../hub-api/number.ts'
import { groupsOf } from '../hub-api/wire/organisation.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { HubState } from '../state.ts'
import type { Provisioned } from './provisioned.ts'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
const PLACE = 'https://hub.docker.com/v2/scim/2.0/Users'

/** Everybody that the identity provider may ask for: members, and those it has turned off. */
export function usersOf({ members, provisioned = [] }: Organisation): Provisioned[] {
  const others = members.filter(({ name }) => provisioned.every(({ account }) => account !== name))
  const plain = others.map(({ name, joined }) => ({
    account: name,
    givenName: '',
    familyName: '',
    active: true,
    created: joined,
    modified: joined,
  }))
  const told = provisioned.map((user) => ({
    ...user,
    active: user.active && members.some(({ name }) => name === user.account),
  }))
  return [...told, ...plain].sort((a, b) => (a.account < b.account ? -1 : 1))
}

export const idOf = ({ rules }: HubState, account: string): string => uuidFor(rules.secret, 'account', account)

/** components/schemas/scim_user */
export function userWire(state: HubState, organisation: Organisation, user: Provisioned) {
  const account = state.accounts.get(user.account)!
  const [id, email] = [idOf(state, user.account), primaryEmail(account)]
  const teams = groupsOf(state, organisation).filter(({ members }) => members.includes(user.account))
  return {
    schemas: [USER_SCHEMA],
    id,
    userName: email,
    name: { givenName: user.givenName, familyName: user.familyName },
    displayName: user.account,
    active: user.active,
    emails: [{ value: email, display: email, primary: true }],
    groups: teams.map(({ name }) => ({ value: name, display: name })),
    meta: {
      resourceType: 'User',
      location: `${PLACE}/${id}`,
      created: rfc3339Nano(user.created),
      lastModified: rfc3339Nano(user.modified),
    },
  }
}
