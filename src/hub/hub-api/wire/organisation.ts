import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { primaryEmail } from '../../accounts/account.ts'
import {
  type Group,
  type Invite,
  type Member,
  type Organisation,
  OWNERS,
  ownersOf,
} from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import { numberFor, uuidFor } from '../number.ts'
import { userWire } from './user.ts'

const ROLES = { owner: 'Owner', editor: 'Editor', member: 'Member' } as const

/** Every team, the one of the owners among them. */
export function groupsOf({ rules }: HubState, organisation: Organisation): Group[] {
  const { name, groups } = organisation
  const owners: Group = {
    id: numberFor(rules.secret, 'owners', name),
    uuid: uuidFor(rules.secret, 'owners', name),
    name: OWNERS,
    description: '',
    members: ownersOf(organisation),
  }
  return [...groups, owners].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** components/schemas/org_group */
export const groupWire = ({ id, uuid, name, description, members }: Group) => ({
  id,
  uuid,
  name,
  description,
  member_count: members.length,
})

/** components/schemas/org_member */
export function memberWire(state: HubState, organisation: Organisation, { name, role }: Member) {
  const account = state.accounts.get(name)!
  const email = primaryEmail(account)
  return {
    ...userWire(state, account),
    email,
    role: ROLES[role],
    groups: groupsOf(state, organisation)
      .filter(({ members }) => members.includes(name))
      .map((group) => group.name),
    is_guest: false,
    primary_email: email,
  }
}

/** components/schemas/group_member; addresses are for owners. */
export function groupMemberWire(state: HubState, name: string, withEmail: boolean) {
  const account = state.accounts.get(name)!
  return { ...userWire(state, account), ...(withEmail ? { email: primaryEmail(account) } : {}) }
}

/** components/schemas/invite */
export const inviteWire = ({ name }: Organisation, { id, inviter, invitee, team, created }: Invite) => ({
  id,
  inviter_username: inviter,
  invitee,
  org: name,
  team,
  created_at: rfc3339Nano(created),
})

/** Somebody invited, in the list of members. */
export const inviteeWire = ({ id, invitee, team, created }: Invite) => ({
  id,
  username: invitee.includes('@') ? '' : invitee,
  full_name: '',
  location: '',
  company: '',
  profile_url: '',
  gravatar_url: '',
  gravatar_email: '',
  date_joined: rfc3339Nano(created),
  type: 'User',
  email: invitee.includes('@') ? invitee : '',
  role: 'Invitee',
  groups: team === '' ? [] : [team],
  is_guest: false,
  primary_email: invitee.includes('@') ? invitee : '',
})

/** components/schemas/orgSettings */
export const settingsWire = ({ restrictedImages }: Organisation) => ({
  restricted_images: {
    enabled: restrictedImages.enabled,
    allow_official_images: restrictedImages.allowOfficialImages,
    allow_verified_publishers: restrictedImages.allowVerifiedPublishers,
  },
})
