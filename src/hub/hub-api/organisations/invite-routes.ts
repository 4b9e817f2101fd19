import type { Problem } from '../../../core/problem.ts'
import type { Input } from '../../../http/input.ts'
import { type Answer, json, noContent } from '../../../http/reply.ts'
import type { HubCommand } from '../../commands.ts'
import type { HubEvent } from '../../events.ts'
import { findInvite, findOrganisation } from '../../organisations/find.ts'
import { statusOf } from '../../organisations/invites.ts'
import type { HubState } from '../../state.ts'
import type { HubRoute } from '../../verb.ts'
import { refuse } from '../errors.ts'
import { formOf } from '../form.ts'
import { inviteWire } from '../wire/organisation.ts'
import { ownedFor } from './access.ts'

const ROLES = ['owner', 'editor', 'member'] as const

function bulkForm(input: Input) {
  const form = formOf(input)
  const org = form.required('org')
  const invitees = form.list('invitees')
  const team = form.text('team') ?? ''
  const role = form.oneOf('role', ROLES) ?? 'member'
  const dryRun = form.flag('dry_run') ?? false
  form.need(invitees !== undefined && invitees.length > 0, 'invitees')
  form.check()
  return { org, invitees: invitees!, team, role, dryRun }
}

function bulk(input: Input, state: HubState): HubCommand {
  const { org, ...asked } = bulkForm(input)
  const { organisation, caller } = ownedFor(state, input, org)
  return { type: 'InviteBulk', name: organisation.name, by: caller, ...asked }
}

/** What came of each: `state` is how things stand after it, so that those just invited are told by the event. */
function bulkAnswer(state: HubState, events: readonly HubEvent[], input: Input): Answer {
  const { org, invitees } = bulkForm(input)
  const organisation = findOrganisation(state, org)
  const mailed = new Set(events.flatMap((event) => (event.type === 'mail.send' ? [event.mail.key] : [])))
  const lines = invitees.map((invitee) => {
    const made = organisation.invites.find((one) => one.invitee === invitee && mailed.has(one.id))
    if (made) return { invitee, status: 'invited', invite: inviteWire(organisation, made) }
    return { invitee, status: statusOf(state, organisation, invitee) }
  })
  return json({ invitees: { invitees: lines } }, 202)
}

/** The organisation of the invite, for its owners. */
function owned(state: HubState, input: Input): string {
  const [{ name }] = findInvite(state, input.params.id!)
  ownedFor(state, input, name)
  return input.params.id!
}

const page = (text: string, status = 200): Answer => ({
  status,
  headers: [['Content-Type', 'text/html; charset=utf-8']],
  text: `<!DOCTYPE html>\n<title>Docker Hub</title>\n<p>${text}</p>\n`,
})

/** https://docs.docker.com/reference/api/hub/latest/#tag/invites, and the page that an invite's e-mail leads to. */
export const inviteRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/v2/orgs/:org/invites',
    operationId: 'InviteList',
    reply: ({ state, input }) => {
      const { organisation } = ownedFor(state, input)
      return json({ data: organisation.invites.map((one) => inviteWire(organisation, one)) })
    },
    refuse,
  },
  {
    method: 'POST',
    path: '/v2/invites/bulk',
    operationId: 'InviteBulk',
    command: bulk,
    reply: ({ state, events, input }) => bulkAnswer(state, events, input),
    refuse,
  },
  {
    method: 'DELETE',
    path: '/v2/invites/:id',
    operationId: 'InviteCancel',
    command: (input, state) => ({ type: 'InviteCancel', id: owned(state, input) }),
    reply: () => noContent,
    refuse,
  },
  {
    method: 'PATCH',
    path: '/v2/invites/:id/resend',
    operationId: 'InviteResend',
    command: (input, state) => ({ type: 'InviteResend', id: owned(state, input) }),
    reply: () => noContent,
    refuse,
  },
  {
    method: 'GET',
    path: '/accept-org-invite/:id',
    operationId: 'InviteAccept',
    command: ({ params }) => ({ type: 'InviteAccept', id: params.id! }),
    reply: ({ events }) => {
      const { organisation } = events.find((event) => event.type === 'organisation.set')!
      return page(`You are a member of ${organisation.name} now.`)
    },
    refuse: ({ message }: Problem) => page(message, 404),
  },
]
