import type { Env } from '../../core/env.ts'
import { uuidOf } from '../access-tokens/uuid.ts'
import { type Account, hasEmail, primaryEmail } from '../accounts/account.ts'
import type { Mail } from '../accounts/mailbox.ts'
import type { HubEvent } from '../events.ts'
import { HUB_HOST } from '../hosts.ts'
import { noGroup, noInvite } from '../hub-api/errors.ts'
import type { HubState } from '../state.ts'
import type { HubVerb } from '../verb.ts'
import { joinTeam, set, withMember } from './change.ts'
import type { OrganisationCommands } from './commands.ts'
import { findInvite, findOrganisation } from './find.ts'
import { type Invite, type Organisation, OWNERS, roleOf } from './organisation.ts'

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/

/** What came of each name of a bulk invite. */
export type InviteStatus = 'invited' | 'existing_org_member' | 'already_invited' | 'invalid_email_or_docker_id'

/** By name, or by an address that is confirmed to be theirs. */
const inviteeOf = ({ accounts }: HubState, invitee: string): Account | undefined =>
  invitee.includes('@') ? accounts.values().find((account) => hasEmail(account, invitee)) : accounts.get(invitee)

export function statusOf(state: HubState, organisation: Organisation, invitee: string): InviteStatus {
  const account = inviteeOf(state, invitee)
  if (!account && !EMAIL.test(invitee)) return 'invalid_email_or_docker_id'
  if (account && roleOf(organisation, account.name)) return 'existing_org_member'
  return organisation.invites.some((one) => one.invitee === invitee) ? 'already_invited' : 'invited'
}

/** Those who can be invited are; of the others it is said why not. */
export const invite: HubVerb<OrganisationCommands['InviteBulk']> = (state, command, env) => {
  const { name, by, team, role, invitees, dryRun } = command
  const organisation = findOrganisation(state, name)
  if (team !== '' && team !== OWNERS && !organisation.groups.some((group) => group.name === team)) throw noGroup()
  if (dryRun) return []
  const made = [...new Set(invitees)]
    .filter((invitee) => statusOf(state, organisation, invitee) === 'invited')
    .map((invitee): Invite => ({ id: uuidOf(env.id()), inviter: by, invitee, team, role, created: env.now }))
  if (made.length === 0) return []
  return [
    ...set({ ...organisation, invites: [...organisation.invites, ...made] }),
    ...made.map((one) => mailed(state, organisation, one, env)),
  ]
}

function mailed(state: HubState, { name }: Organisation, { id, inviter, invitee }: Invite, env: Env): HubEvent {
  const account = inviteeOf(state, invitee)
  const link = `https://${HUB_HOST}/accept-org-invite/${id}/`
  const mail: Mail = {
    to: account ? primaryEmail(account) : invitee,
    subject: `${inviter} has invited you to join ${name}`,
    text: `${inviter} would like you to join the organization ${name}. Please follow this link to do so:\n\n${link}\n`,
    link,
    account: account?.name ?? '',
    key: id,
    sent: env.now,
  }
  return { type: 'mail.send', mail }
}

const without = (organisation: Organisation, id: string): Organisation => ({
  ...organisation,
  invites: organisation.invites.filter((one) => one.id !== id),
})

export const cancelInvite: HubVerb<OrganisationCommands['InviteCancel']> = (state, { id }) => {
  const [organisation] = findInvite(state, id)
  return set(without(organisation, id))
}

export const resendInvite: HubVerb<OrganisationCommands['InviteResend']> = (state, { id }, env) => {
  const [organisation, one] = findInvite(state, id)
  return [mailed(state, organisation, one, env)]
}

/** Whoever has no account yet has to register first. */
export const acceptInvite: HubVerb<OrganisationCommands['InviteAccept']> = (state, { id }, env) => {
  const [organisation, { invitee, team, role }] = findInvite(state, id)
  const account = inviteeOf(state, invitee)
  if (!account) throw noInvite()
  const joined = withMember(without(organisation, id), account.name, role, env.now)
  const after = team === '' ? joined : joinTeam(joined, team, account.name, env.now)
  return set(after).map((event) => ({ ...event, by: account.name }))
}
