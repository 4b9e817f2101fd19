import type { Input } from '../../../http/input.ts'
import { type Answer, empty, json, noContent } from '../../../http/reply.ts'
import type { HubCommand } from '../../commands.ts'
import { findOrganisation } from '../../organisations/find.ts'
import type { Group } from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import type { HubRoute } from '../../verb.ts'
import { noGroup, refuse } from '../errors.ts'
import { formOf } from '../form.ts'
import { pageOf } from '../page.ts'
import { groupMemberWire, groupsOf, groupWire } from '../wire/organisation.ts'
import { organisationFor, ownedFor } from './access.ts'

const ALL = '/v2/orgs/:org/groups'
const ONE = `${ALL}/:group`
const MEMBERS = `${ONE}/members`

function groupNamed(state: HubState, input: Input, name = input.params.group!): Group {
  const group = groupsOf(state, findOrganisation(state, input.params.org!)).find((one) => one.name === name)
  if (!group) throw noGroup()
  return group
}

function list(state: HubState, input: Input): Answer {
  const { organisation } = organisationFor(state, input)
  const username = input.query.get('username')
  const part = input.query.get('search') ?? ''
  const found = groupsOf(state, organisation)
    .filter(({ name }) => name.includes(part))
    .filter(({ members }) => username === null || members.includes(username))
  return json(pageOf(found, input, groupWire))
}

function members(state: HubState, input: Input): Answer {
  const { role } = organisationFor(state, input)
  const words = (input.query.get('search') ?? '').toLowerCase()
  const found = groupNamed(state, input)
    .members.map((name) => groupMemberWire(state, name, role === 'owner'))
    .filter(({ username, email = '' }) => `${username} ${email}`.toLowerCase().includes(words))
  return json(pageOf(found, input, (one) => one))
}

function create(input: Input, state: HubState): HubCommand {
  const { organisation } = ownedFor(state, input)
  const form = formOf(input)
  const group = form.required('name', 30)
  const description = form.text('description') ?? ''
  form.check()
  return { type: 'GroupCreate', name: organisation.name, group, description }
}

/** `whole`: what is not said is empty from then on. */
function update(input: Input, state: HubState, whole: boolean): HubCommand {
  const { organisation } = ownedFor(state, input)
  const form = formOf(input)
  const renamed = whole ? form.required('name', 30) : form.text('name', 30)
  const description = form.text('description') ?? (whole ? '' : undefined)
  form.need(renamed !== '', 'name')
  form.check()
  return { type: 'GroupUpdate', name: organisation.name, group: input.params.group!, renamed, description }
}

/** The group as it is called from now on. */
const updated = (state: HubState, input: Input): Answer =>
  json(groupWire(groupNamed(state, input, formOf(input).text('name') ?? input.params.group!)))

function addMember(input: Input, state: HubState): HubCommand {
  const { organisation } = ownedFor(state, input)
  const form = formOf(input)
  const member = form.required('member')
  form.check()
  return { type: 'GroupMemberAdd', name: organisation.name, group: input.params.group!, member }
}

/** https://docs.docker.com/reference/api/hub/latest/#tag/groups */
export const groupRoutes: readonly HubRoute[] = [
  { method: 'GET', path: ALL, operationId: 'GroupList', reply: ({ state, input }) => list(state, input), refuse },
  {
    method: 'POST',
    path: ALL,
    operationId: 'GroupCreate',
    command: create,
    reply: ({ state, input }) => json(groupWire(groupNamed(state, input, formOf(input).required('name'))), 201),
    refuse,
  },
  {
    method: 'GET',
    path: ONE,
    operationId: 'GroupGet',
    reply: ({ state, input }) => {
      organisationFor(state, input)
      return json(groupWire(groupNamed(state, input)))
    },
    refuse,
  },
  {
    method: 'PUT',
    path: ONE,
    operationId: 'GroupPut',
    command: (input, state) => update(input, state, true),
    reply: ({ state, input }) => updated(state, input),
    refuse,
  },
  {
    method: 'PATCH',
    path: ONE,
    operationId: 'GroupUpdate',
    command: (input, state) => update(input, state, false),
    reply: ({ state, input }) => updated(state, input),
    refuse,
  },
  {
    method: 'DELETE',
    path: ONE,
    operationId: 'GroupDelete',
    command: (input, state) => ({
      type: 'GroupDelete',
      name: ownedFor(state, input).organisation.name,
      group: input.params.group!,
    }),
    reply: () => noContent,
    refuse,
  },
  {
    method: 'GET',
    path: MEMBERS,
    operationId: 'GroupMemberList',
    reply: ({ state, input }) => members(state, input),
    refuse,
  },
  { method: 'POST', path: MEMBERS, operationId: 'GroupMemberAdd', command: addMember, reply: () => empty(200), refuse },
  {
    method: 'DELETE',
    path: `${MEMBERS}/:username`,
    operationId: 'GroupMemberRemove',
    command: (input, state) => ({
      type: 'GroupMemberRemove',
      name: ownedFor(state, input).organisation.name,
      group: input.params.group!,
      member: input.params.username!,
    }),
    reply: () => noContent,
    refuse,
  },
]
