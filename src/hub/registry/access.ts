import { own } from '../../core/own.ts'
import { type Basic, basicOf, bearerOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import { identityOf } from '../access-tokens/identity.ts'
import { hashPassword } from '../accounts/account.ts'
import { serviceOf } from '../auth/audience.ts'
import { type Claims, verify } from '../auth/token.ts'
import { AUTH_HOST, HUB_HOSTS, REGISTRY_HOST } from '../hosts.ts'
import type { Access } from '../rules.ts'
import type { HubState } from '../state.ts'
import { GO_ERROR, PageNotFound, RegistryProblem, rateLimited } from './errors.ts'
import type { Where } from './registry.ts'

/** distribution: reference.NameRegexp, in which the first part may be a host. */
const NAME =
  /^(?:[a-zA-Z0-9]+(?:(?:\.|-+)[a-zA-Z0-9]+)*\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const LONGEST_NAME = 255

/** The registry that a request is for. */
export const registryOf = ({ request }: Input): string => request.registry ?? REGISTRY_HOST

/** The repository of the path. */
export function whereOf(input: Input): Where {
  const name = input.params.name ?? ''
  if (!NAME.test(name)) throw new PageNotFound()
  if (name.length > LONGEST_NAME)
    throw new RegistryProblem('NAME_INVALID', { detail: { Name: name, Reason: GO_ERROR } })
  return { registry: registryOf(input), name }
}

/** How a registry lets people in. */
const accessTo = ({ rules }: HubState, registry: string): Access =>
  registry === REGISTRY_HOST ? 'token' : (own(rules.access, registry) ?? 'open')

/** Where tokens are given: a port that stands for the Hub gives its own, since it may be all that the client can reach. */
function realmOf({ request: { origin } }: Input): string {
  const own = origin !== undefined && !HUB_HOSTS.includes(origin.replace(/^https?:\/\//, ''))
  return own ? `${origin}/token` : `https://${AUTH_HOST}/token`
}

function challenge(input: Input, scope: string, error?: string): readonly [string, string] {
  const parameters = [`realm="${realmOf(input)}"`, `service="${serviceOf(registryOf(input))}"`]
  if (scope !== '') parameters.push(`scope="${scope}"`)
  if (error !== undefined) parameters.push(`error="${error}"`)
  return ['Www-Authenticate', `Bearer ${parameters.join(',')}`]
}

/** What the request's token says, if it is one for this very registry. */
export function claimsOf(state: HubState, input: Input): Claims | undefined {
  const token = bearerOf(input.request.headers.authorization)
  const claims = token === undefined ? undefined : verify(state.rules.secret, token, state.now)
  return claims && !claims.refresh && claims.aud === serviceOf(registryOf(input)) ? claims : undefined
}

interface Wanted {
  readonly type: 'repository' | 'registry'
  readonly name: string
  readonly actions: readonly string[]
}

/** Refuses what is not given; whom it is given to. */
function admit(state: HubState, input: Input, wanted: Wanted | undefined): string {
  switch (accessTo(state, registryOf(input))) {
    case 'open':
      return ''
    case 'basic':
      return admitBasic(state, input, wanted)
    case 'token':
      return admitToken(state, input, wanted)
  }
}

function admitBasic(state: HubState, input: Input, wanted: Wanted | undefined): string {
  const credentials = basicOf(input.request.headers.authorization)
  const who = credentials && nameOf(state, registryOf(input), credentials)
  if (who !== undefined) return who
  throw unauthorized(wanted, ['Www-Authenticate', 'Basic realm="Registry Realm"'])
}

/** A registry has its own people, or those of the Hub. */
function nameOf(state: HubState, registry: string, credentials: Basic): string | undefined {
  const { username, password } = credentials
  const passwords = own(state.rules.passwords, registry)
  if (!passwords) return identityOf(state, credentials)?.account.name
  return own(passwords, username) === hashPassword(username, password) ? username : undefined
}

function admitToken(state: HubState, input: Input, wanted: Wanted | undefined): string {
  const claims = claimsOf(state, input)
  if (claims && (!wanted || gives(claims, wanted))) return claims.sub
  const scope = wanted ? `${wanted.type}:${wanted.name}:${wanted.actions.join(',')}` : ''
  const given = input.request.headers.authorization !== undefined
  const error = given ? (claims ? 'insufficient_scope' : 'invalid_token') : undefined
  throw unauthorized(wanted, challenge(input, scope, error))
}

const unauthorized = (wanted: Wanted | undefined, header: readonly [string, string]) =>
  new RegistryProblem('UNAUTHORIZED', {
    detail: wanted
      ? wanted.actions.map((Action) => ({ Type: wanted.type, Class: '', Name: wanted.name, Action }))
      : null,
    headers: [header],
  })

const gives = ({ access }: Claims, { type, name, actions }: Wanted): boolean =>
  actions.every((action) =>
    access.some((scope) => scope.type === type && scope.name === name && scope.actions.includes(action)),
  )

/** `/v2/` itself: whoever it is will do. */
export function authorizeBase(state: HubState, input: Input): void {
  admit(state, input, undefined)
}

/** The list of all repositories. Nobody gets a token for that of Docker Hub. */
export function authorizeCatalog(state: HubState, input: Input): void {
  admit(state, input, { type: 'registry', name: 'catalog', actions: ['*'] })
}

/** Refuses what is not given; gives the repository and whom it is given to, `` for nobody in particular. */
export function authorize(
  state: HubState,
  input: Input,
  actions: readonly string[],
): Where & { readonly account: string } {
  const where = whereOf(input)
  checkOrder(state, where)
  return { ...where, account: admit(state, input, { type: 'repository', name: where.name, actions }) }
}

/** Refuses what the world has out of order. */
function checkOrder({ rules }: HubState, { registry, name }: Where): void {
  const fault = registry === REGISTRY_HOST ? own(rules.faults, name) : undefined
  if (fault === 429) throw rateLimited([])
  if (fault !== undefined) throw new RegistryProblem(fault === 503 ? 'UNAVAILABLE' : 'UNKNOWN')
}

/** Whether `pull` of another repository is given: what a mount needs. */
export function mayPull(state: HubState, input: Input, name: string): boolean {
  if (accessTo(state, registryOf(input)) !== 'token') return true
  const claims = claimsOf(state, input)
  return claims !== undefined && gives(claims, { type: 'repository', name, actions: ['pull'] })
}
