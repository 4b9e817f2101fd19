import type { Input } from '../../../http/input.ts'
import { type Answer, json, noContent } from '../../../http/reply.ts'
import type { HubCommand } from '../../commands.ts'
import { findOrganisation } from '../../organisations/find.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import type { HubRoute } from '../../verb.ts'
import { holderOf } from '../caller.ts'
import { refuse } from '../errors.ts'
import { formOf } from '../form.ts'
import { pageOf } from '../page.ts'
import { inviteeWire, memberWire, settingsWire } from '../wire/organisation.ts'
import { organisationWire } from '../wire/user.ts'
import { organisationFor, ownedFor } from './access.ts'
import { membersCsv } from './export.ts'

const ORG = '/v2/orgs/:org'
const MEMBERS = `${ORG}/members`
const NAME = /^[a-z0-9]{4,30}$/
const ROLES = ['owner', 'editor', 'member'] as const
const YES = /^(1|true)$/i

function create(input: Input, state: HubState): HubCommand {
  const by = holderOf(state, input)
  const form = formOf(input)
  const name = form.required('orgname')
  const fullName = form.text('full_name') ?? form.text('company') ?? ''
  form.need(name === '' || NAME.test(name), 'orgname', 'must be 4 to 30 lower-case letters and digits')
  form.check()
  return { type: 'OrganisationCreate', name, fullName, by }
}

function settings(input: Input, state: HubState): HubCommand {
  const { organisation } = ownedFor(state, input)
  const form = formOf(input).inside('restricted_images')
  const fields = ['enabled', 'allow_official_images', 'allow_verified_publishers'] as const
  const [enabled, allowOfficialImages, allowVerifiedPublishers] = fields.map((field) => {
    const flag = form.flag(field)
    form.need(flag !== undefined, field)
    return flag ?? false
  }) as [boolean, boolean, boolean]
  form.check()
  const restrictedImages = { enabled, allowOfficialImages, allowVerifiedPublishers }
  return { type: 'OrganisationSettings', name: organisation.name, restrictedImages }
}

function members(state: HubState, input: Input): Answer {
  const { organisation } = organisationFor(state, input)
  const { query } = input
  const type = query.get('type') ?? (YES.test(query.get('invites') ?? '') ? 'all' : 'member')
  const words = (query.get('search') ?? '').toLowerCase()
  const role = query.get('role')
  const own = organisation.members
    .filter((member) => role === null || member.role === role)
    .map((member) => memberWire(state, organisation, member))
  const all = [
    ...(type === 'invitee' ? [] : own),
    ...(type === 'member' || role !== null ? [] : organisation.invites.map(inviteeWire)),
  ]
  const found = all.filter(({ username, email }) => `${username} ${email}`.toLowerCase().includes(words))
  return json(pageOf(found, input, (one) => one))
}

function updateMember(input: Input, state: HubState): HubCommand {
  const { organisation } = ownedFor(state, input)
  const form = formOf(input)
  const role = form.oneOf('role', ROLES)
  form.need(role !== undefined, 'role')
  form.check()
  return { type: 'MemberUpdate', name: organisation.name, member: input.params.username!, role: role! }
}

const settingsOf = (organisation: Organisation) => json(settingsWire(organisation))

/** https://docs.docker.com/reference/api/hub/latest/#tag/orgs and #tag/org-settings */
export const organisationRoutes: readonly HubRoute[] = [
  {
    method: 'POST',
    path: '/v2/orgs',
    operationId: 'OrganisationCreate',
    command: create,
    reply: ({ events }) =>
      json(organisationWire(events.find((event) => event.type === 'organisation.set')!.organisation), 201),
    refuse,
  },
  {
    method: 'GET',
    path: ORG,
    operationId: 'OrganisationGet',
    reply: ({ state, input }) => json(organisationWire(findOrganisation(state, input.params.org!))),
    refuse,
  },
  {
    method: 'GET',
    path: `${ORG}/settings`,
    operationId: 'OrganisationSettingsGet',
    reply: ({ state, input }) => settingsOf(organisationFor(state, input).organisation),
    refuse,
  },
  {
    method: 'PUT',
    path: `${ORG}/settings`,
    operationId: 'OrganisationSettings',
    command: settings,
    reply: ({ state, input }) => settingsOf(findOrganisation(state, input.params.org!)),
    refuse,
  },
  {
    method: 'GET',
    path: MEMBERS,
    operationId: 'MemberList',
    reply: ({ state, input }) => members(state, input),
    refuse,
  },
  {
    method: 'GET',
    path: `${MEMBERS}/export`,
    operationId: 'MemberExport',
    reply: ({ state, input }) => membersCsv(state, ownedFor(state, input).organisation),
    refuse,
  },
  {
    method: 'PUT',
    path: `${MEMBERS}/:username`,
    operationId: 'MemberUpdate',
    command: updateMember,
    reply: ({ state, input }) => {
      const organisation = findOrganisation(state, input.params.org!)
      const member = organisation.members.find(({ name }) => name === input.params.username)!
      return json(memberWire(state, organisation, member))
    },
    refuse,
  },
  {
    method: 'DELETE',
    path: `${MEMBERS}/:username`,
    operationId: 'MemberRemove',
    command: (input, state) => {
      const { organisation, caller } = organisationFor(state, input)
      // Everybody may leave.
      if (caller !== input.params.username) ownedFor(state, input)
      return { type: 'MemberRemove', name: organisation.name, member: input.params.username! }
    },
    reply: () => noContent,
    refuse,
  },
]
