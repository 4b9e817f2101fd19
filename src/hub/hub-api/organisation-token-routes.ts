import type { Input } from '../../http/input.ts'
import { type Answer, json, noContent } from '../../http/reply.ts'
import type { HubCommand } from '../commands.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { findOrganisationToken } from '../organisation-tokens/find.ts'
import { ALL_PUBLIC, type Resource } from '../organisation-tokens/organisation-token.ts'
import { SCOPES_OF } from '../organisation-tokens/scopes.ts'
import { repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { refuse } from './errors.ts'
import { type Form, formOf } from './form.ts'
import { managedFor } from './organisations/access.ts'
import { pageOf } from './page.ts'
import { organisationTokenDetails, organisationTokenWire } from './wire/organisation-token.ts'

const ALL = '/v2/orgs/:org/access-tokens'
const ONE = `${ALL}/:id`
const LONGEST_LABEL = 100

function isResource(state: HubState, organisation: string, value: unknown): value is Resource {
  const { type, path, scopes } = (value ?? {}) as Partial<Record<string, unknown>>
  if ((type !== 'TYPE_REPO' && type !== 'TYPE_ORG') || typeof path !== 'string') return false
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every((scope) => SCOPES_OF[type].has(scope)))
    return false
  if (type === 'TYPE_ORG') return path === organisation
  if (path === ALL_PUBLIC || path === `${organisation}/*`) return true
  return path.startsWith(`${organisation}/`) && state.repositories.has(repositoryKey(REGISTRY_HOST, path))
}

/** Each with its type, a path that there is, and scopes that go with the type. */
function resourcesIn(form: Form, state: HubState, organisation: string): readonly Resource[] | undefined {
  const given = form.items('resources')
  form.need(given === undefined || given.length > 0, 'resources', 'must have at least 1 resource')
  const good = given?.every((one) => isResource(state, organisation, one)) ?? true
  form.need(good, 'resources', 'must each have a type, a path of the organization, and scopes of the type')
  return good
    ? (given as readonly Resource[] | undefined)?.map(({ type, path, scopes }) => ({ type, path, scopes }))
    : undefined
}

function create(input: Input, state: HubState): HubCommand {
  const { organisation, caller } = managedFor(state, input)
  const form = formOf(input)
  const label = form.required('label', LONGEST_LABEL)
  const description = form.text('description') ?? ''
  const expires = form.time('expires_at')
  const resources = resourcesIn(form, state, organisation.name)
  form.need(resources !== undefined, 'resources')
  form.need(expires === undefined || expires > state.now, 'expires_at', 'must be in the future')
  form.check()
  const { name } = organisation
  return {
    type: 'OrganisationTokenCreate',
    organisation: name,
    by: caller,
    label,
    description,
    resources: resources!,
    expires,
  }
}

function update(input: Input, state: HubState): HubCommand {
  const { organisation } = managedFor(state, input)
  const form = formOf(input)
  const label = form.text('label', LONGEST_LABEL)
  const description = form.text('description')
  const active = form.flag('is_active')
  const resources = resourcesIn(form, state, organisation.name)
  form.need(label !== '', 'label', 'must be at least 1 characters')
  form.check()
  const id = input.params.id!
  return { type: 'OrganisationTokenUpdate', organisation: organisation.name, id, label, description, resources, active }
}

function list(state: HubState, input: Input): Answer {
  const { organisation } = managedFor(state, input)
  const own = state.organisationTokens
    .values()
    .filter((token) => token.organisation === organisation.name)
    .sort((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1))
  const { count, next, previous, results } = pageOf(own, input, organisationTokenWire)
  return json({ total: count, next, previous, results })
}

const details = (state: HubState, input: Input): Answer =>
  json(
    organisationTokenDetails(
      findOrganisationToken(state, managedFor(state, input).organisation.name, input.params.id!),
    ),
  )

/** https://docs.docker.com/reference/api/hub/latest/#tag/org-access-tokens: for the organisation's owners. */
export const organisationTokenRoutes: readonly HubRoute[] = [
  {
    method: 'POST',
    path: ALL,
    operationId: 'OrganisationTokenCreate',
    command: create,
    reply: ({ events }) => {
      const { token, secret } = events.find((event) => event.type === 'organisation-token.set')!
      return json({ ...organisationTokenDetails(token), token: secret }, 201)
    },
    refuse,
  },
  {
    method: 'GET',
    path: ALL,
    operationId: 'OrganisationTokenList',
    reply: ({ state, input }) => list(state, input),
    refuse,
  },
  {
    method: 'GET',
    path: ONE,
    operationId: 'OrganisationTokenGet',
    reply: ({ state, input }) => details(state, input),
    refuse,
  },
  {
    method: 'PATCH',
    path: ONE,
    operationId: 'OrganisationTokenUpdate',
    command: update,
    reply: ({ state, input }) => details(state, input),
    refuse,
  },
  {
    method: 'DELETE',
    path: ONE,
    operationId: 'OrganisationTokenDelete',
    command: (input, state) => ({
      type: 'OrganisationTokenDelete',
      organisation: managedFor(state, input).organisation.name,
      id: input.params.id!,
    }),
    reply: () => noContent,
    refuse,
  },
]
