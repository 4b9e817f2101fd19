import { bearerOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import { type Claims, verify } from '../auth/token.ts'
import { AUTH_HOST, HUB_HOSTS, REGISTRY_HOST } from '../hosts.ts'
import type { HubState } from '../state.ts'
import { RegistryProblem } from './errors.ts'
import type { Where } from './registry.ts'

/** distribution: reference.NameRegexp */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

/** The registry that a request is for. */
export const registryOf = ({ request }: Input): string => request.registry ?? REGISTRY_HOST

/** The repository of the path. */
export function whereOf(input: Input): Where {
  const name = input.params.name ?? ''
  if (name.length > 255 || !NAME.test(name)) throw new RegistryProblem('NAME_INVALID', { detail: { name } })
  return { registry: registryOf(input), name }
}

/** Where tokens are given: a port that stands for the Hub gives its own, since it may be all that the client can reach. */
function realmOf({ request: { origin } }: Input): string {
  const own = origin !== undefined && !HUB_HOSTS.includes(origin.replace(/^https?:\/\//, ''))
  return own ? `${origin}/token` : `https://${AUTH_HOST}/token`
}

function challenge(input: Input, detail: string, error?: string): readonly [string, string] {
  const parameters = [`realm="${realmOf(input)}"`, 'service="registry.docker.io"']
  if (detail !== '') parameters.push(`scope="${detail}"`)
  if (error !== undefined) parameters.push(`error="${error}"`)
  return ['Www-Authenticate', `Bearer ${parameters.join(',')}`]
}

/** What the request's token says. Only Docker Hub asks for one. */
export function claimsOf(state: HubState, input: Input): Claims | undefined {
  const token = bearerOf(input.request.headers.authorization)
  return token === undefined ? undefined : verify(state.rules.secret, token, state.now)
}

/** `/v2/` itself: any token will do. */
export function authorizeBase(state: HubState, input: Input): void {
  if (registryOf(input) !== REGISTRY_HOST) return
  const claims = claimsOf(state, input)
  if (claims && !claims.refresh) return
  const error = input.request.headers.authorization === undefined ? undefined : 'invalid_token'
  throw new RegistryProblem('UNAUTHORIZED', { detail: null, headers: [challenge(input, '', error)] })
}

/** Refuses what the token does not give; gives the repository and whom the token is of. */
export function authorize(
  state: HubState,
  input: Input,
  actions: readonly string[],
): Where & { readonly account: string } {
  const where = whereOf(input)
  if (where.registry !== REGISTRY_HOST) return { ...where, account: '' }
  const claims = claimsOf(state, input)
  const may = (action: string) =>
    claims?.access.some(
      ({ type, name, actions }) => type === 'repository' && name === where.name && actions.includes(action),
    )
  if (claims && !claims.refresh && actions.every(may)) return { ...where, account: claims.sub }
  throw new RegistryProblem('UNAUTHORIZED', {
    detail: actions.map((Action) => ({ Type: 'repository', Class: '', Name: where.name, Action })),
    headers: [challenge(input, `repository:${where.name}:${actions.join(',')}`, tokenError(input, claims))],
  })
}

function tokenError({ request }: Input, claims: Claims | undefined): string | undefined {
  if (request.headers.authorization === undefined) return undefined
  return claims && !claims.refresh ? 'insufficient_scope' : 'invalid_token'
}

/** Whether the token gives `pull` of another repository: what a mount needs. */
export function mayPull(state: HubState, input: Input, name: string): boolean {
  if (registryOf(input) !== REGISTRY_HOST) return true
  return claimsOf(state, input)?.access.some((scope) => scope.name === name && scope.actions.includes('pull')) ?? false
}
