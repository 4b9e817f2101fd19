import { bearerOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import { hashPassword } from '../accounts/account.ts'
import type { HubCommand } from '../commands.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import type { ScimName } from './commands.ts'
import { listOf, RESOURCE_TYPES, SCHEMAS, SERVICE_PROVIDER_CONFIG } from './descriptions.ts'
import { filterOf, read } from './filter.ts'
import { invalidSyntax, invalidValue, notFound, refuse, scimJson, unauthorized } from './problem.ts'
import type { Provisioned } from './provisioned.ts'
import { idOf, USER_SCHEMA, usersOf, userWire } from './user.ts'

const SCIM = '/v2/scim/2.0'
const ONE = `${SCIM}/Users/:id`
const MOST = 200
const USUAL = 100

/** The organisation whose token this is. */
function organisationOf({ organisations }: HubState, { request }: Input): Organisation {
  const token = bearerOf(request.headers.authorization)
  const own = organisations
    .values()
    .find(({ name, scimTokenHash }) => token !== undefined && scimTokenHash === hashPassword(name, token))
  if (!own) throw unauthorized()
  return own
}

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function bodyOf({ request }: Input): Fields {
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder().decode(request.body))
  } catch {
    throw invalidSyntax()
  }
  if (!isObject(body)) throw invalidSyntax()
  const { schemas } = body
  if (!Array.isArray(schemas) || !schemas.includes(USER_SCHEMA)) throw invalidValue('schemas')
  return body
}

function nameIn({ name = {} }: Fields): ScimName {
  if (!isObject(name)) throw invalidValue('name')
  const { givenName, familyName } = name
  for (const part of [givenName, familyName])
    if (part !== undefined && typeof part !== 'string') throw invalidValue('name')
  return { givenName, familyName } as ScimName
}

function create(input: Input, state: HubState): HubCommand {
  const { name: organisation } = organisationOf(state, input)
  const body = bodyOf(input)
  if (typeof body.userName !== 'string') throw invalidValue('userName')
  return { type: 'ScimUserCreate', organisation, email: body.userName, name: nameIn(body) }
}

/** Whoever is not said to be enabled is turned off. Providers say `active`, as SCIM does. */
function update(input: Input, state: HubState): HubCommand {
  const { organisation, user } = found(state, input)
  const body = bodyOf(input)
  const { enabled = body.active ?? false } = body
  if (typeof enabled !== 'boolean') throw invalidValue('enabled')
  const { name } = organisation
  return { type: 'ScimUserUpdate', organisation: name, account: user.account, name: nameIn(body), active: enabled }
}

function found(state: HubState, input: Input): { organisation: Organisation; user: Provisioned } {
  const organisation = organisationOf(state, input)
  const user = usersOf(organisation).find(({ account }) => idOf(state, account) === input.params.id)
  if (!user) throw notFound()
  return { organisation, user }
}

function positive({ query }: Input, name: string, usual: number): number {
  const text = query.get(name) ?? ''
  if (text === '') return usual
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw invalidValue(name)
  return Number(text)
}

type Wire = ReturnType<typeof userWire>

/** Attributes that are asked for; `schemas` and `id` are always there. RFC 7644 §3.9 */
function limited(user: Wire, { query }: Input): object {
  const asked = query.get('attributes')?.toLowerCase().split(',')
  if (!asked) return user
  const wanted = new Set(['schemas', 'id', ...asked.map((name) => name.trim().split('.')[0]!)])
  return Object.fromEntries(Object.entries(user).filter(([name]) => wanted.has(name.toLowerCase())))
}

function sorted(users: readonly Wire[], { query }: Input): readonly Wire[] {
  const order = query.get('sortOrder') ?? 'ascending'
  if (order !== 'ascending' && order !== 'descending') throw invalidValue('sortOrder')
  const by = query.get('sortBy')
  if (!by) return users
  const key = (user: Wire) => String(read(user, by)[0] ?? '').toLowerCase()
  const rows = users.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
  return order === 'ascending' ? rows : rows.reverse()
}

function list(state: HubState, input: Input): Answer {
  const organisation = organisationOf(state, input)
  const filter = input.query.get('filter')
  const test = filter ? filterOf(filter) : () => true
  const users = usersOf(organisation)
    .map((user) => userWire(state, organisation, user))
    .filter((user) => test((path) => read(user, path)))
  const startIndex = positive(input, 'startIndex', 1)
  const count = Math.min(positive(input, 'count', USUAL), MOST)
  const page = sorted(users, input).slice(startIndex - 1, startIndex - 1 + count)
  const place = { totalResults: users.length, startIndex, itemsPerPage: page.length }
  return scimJson(
    listOf(
      page.map((user) => limited(user, input)),
      place,
    ),
  )
}

/** One of a few that are described, or the whole list of them. */
const described = (
  path: string,
  parameter: string,
  all: readonly { readonly id: string }[],
  id: string,
): HubRoute[] => [
  {
    method: 'GET',
    path: `${SCIM}/${path}`,
    operationId: `${id}List`,
    reply: ({ state, input }) => {
      organisationOf(state, input)
      return scimJson(listOf(all))
    },
    refuse,
  },
  {
    method: 'GET',
    path: `${SCIM}/${path}/:${parameter}`,
    operationId: `${id}Get`,
    reply: ({ state, input }) => {
      organisationOf(state, input)
      const one = all.find((known) => known.id === input.params[parameter])
      if (!one) throw notFound()
      return scimJson(one)
    },
    refuse,
  },
]

/** A user as it is after the command. */
function shown(state: HubState, input: Input, account: string, status = 200): Answer {
  const organisation = organisationOf(state, input)
  const user = usersOf(organisation).find((one) => one.account === account)!
  return scimJson(userWire(state, organisation, user), status)
}

/** https://docs.docker.com/reference/api/hub/latest/#tag/scim: how an identity provider keeps an organisation's people. RFC 7644 */
export const scimRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: `${SCIM}/ServiceProviderConfig`,
    operationId: 'ScimServiceProviderConfig',
    reply: ({ state, input }) => {
      organisationOf(state, input)
      return scimJson(SERVICE_PROVIDER_CONFIG)
    },
    refuse,
  },
  ...described('ResourceTypes', 'name', RESOURCE_TYPES, 'ScimResourceType'),
  ...described('Schemas', 'id', SCHEMAS, 'ScimSchema'),
  {
    method: 'GET',
    path: `${SCIM}/Users`,
    operationId: 'ScimUserList',
    reply: ({ state, input }) => list(state, input),
    refuse,
  },
  {
    method: 'POST',
    path: `${SCIM}/Users`,
    operationId: 'ScimUserCreate',
    command: create,
    reply: ({ state, events, input }) => {
      const { organisation } = events.find((event) => event.type === 'organisation.set')!
      return shown(state, input, organisation.provisioned!.at(-1)!.account, 201)
    },
    refuse,
  },
  {
    method: 'GET',
    path: ONE,
    operationId: 'ScimUserGet',
    reply: ({ state, input }) => shown(state, input, found(state, input).user.account),
    refuse,
  },
  {
    method: 'PUT',
    path: ONE,
    operationId: 'ScimUserUpdate',
    command: update,
    reply: ({ state, input }) => shown(state, input, found(state, input).user.account),
    refuse,
  },
]
