import { SECOND } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import { rfc3339Nano } from '../../core/rfc3339.ts'
import { basicOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import { type Answer, json } from '../../http/reply.ts'
import { type Identity, identityByToken, identityOf } from '../access-tokens/identity.ts'
import type { HubCommand } from '../commands.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { registryOfService, serviceOf } from './audience.ts'
import { grant } from './grant.ts'
import { parseScopes } from './scope.ts'
import { sign, verify } from './token.ts'

/** Refresh tokens hold as good as for ever. */
const FOR_EVER = 365 * 24 * 3600 * SECOND

const refused = () => new Problem('Unauthorized', 'incorrect username or password')
const refuse = ({ message }: Problem): Answer => json({ details: message }, 401)

/** distribution: docs/content/spec/auth/token.md */
function getToken(state: HubState, input: Input): Answer {
  const { request, query } = input
  const who = whoGets(state, input)
  if (request.headers.authorization !== undefined && !who) throw refused()
  const service = query.get('service') ?? serviceOf(registryOf(input))
  // Docker Hub gives refresh tokens to those alone who ask by OAuth2: `docker login` keeps the password.
  const offline = registryOfService(service) !== REGISTRY_HOST && query.get('offline_token') === 'true'
  return answer(state, who, service, query.getAll('scope'), offline)
}

function whoGets(state: HubState, { request }: Input): Identity | undefined {
  const credentials = basicOf(request.headers.authorization)
  return credentials && identityOf(state, credentials)
}

const registryOf = ({ request }: Input) => request.registry ?? REGISTRY_HOST
const serviceIn = (form: URLSearchParams, input: Input) => form.get('service') ?? serviceOf(registryOf(input))
const formOf = ({ request }: Input) => new URLSearchParams(new TextDecoder().decode(request.body))

/** OAuth2, RFC 6749; distribution: docs/content/spec/auth/oauth.md */
function postToken(state: HubState, input: Input): Answer {
  const form = formOf(input)
  const who = whoPosts(state, form, serviceIn(form, input))
  if (!who) throw refused()
  const offline = form.get('access_type') === 'offline'
  return answer(state, who, serviceIn(form, input), form.getAll('scope'), offline)
}

function whoPosts(state: HubState, form: URLSearchParams, service: string): Identity | undefined {
  const { accounts, now, rules } = state
  if (form.get('grant_type') === 'password')
    return identityOf(state, { username: form.get('username') ?? '', password: form.get('password') ?? '' })
  const claims = verify(rules.secret, form.get('refresh_token') ?? '', now)
  if (!claims?.refresh || claims.aud !== service) return undefined
  // What came of an access token ends with it.
  if (claims.pat !== undefined) return identityByToken(state, claims.pat)
  const account = accounts.get(claims.sub)
  return account?.active ? { account } : undefined
}

/** A token that is used remembers when. */
const useOf = (who: Identity | undefined): HubCommand | undefined =>
  (who?.token && { type: 'AccessTokenUse', uuid: who.token.uuid }) ??
  (who?.organisationToken && { type: 'OrganisationTokenUse', id: who.organisationToken.id })

function answer(
  state: HubState,
  who: Identity | undefined,
  aud: string,
  scopes: readonly string[],
  offline: boolean,
): Answer {
  const { now, rules } = state
  const sub = who?.account.name ?? ''
  const access = grant(state, who, registryOfService(aud), parseScopes(scopes))
  const token = sign(rules.secret, { sub, aud, access }, now, now + rules.tokenLife)
  const pat = who?.token?.uuid ?? who?.organisationToken?.id
  const again = { sub, aud, access: [], refresh: true as const, ...(pat === undefined ? {} : { pat }) }
  return json({
    token,
    access_token: token,
    expires_in: rules.tokenLife / SECOND,
    issued_at: rfc3339Nano(now),
    ...(offline && who ? { refresh_token: sign(rules.secret, again, now, now + FOR_EVER) } : {}),
  })
}

export const authRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/token',
    operationId: 'TokenGet',
    command: (input, state) => useOf(whoGets(state, input)),
    reply: ({ state, input }) => getToken(state, input),
    refuse,
  },
  {
    method: 'POST',
    path: '/token',
    operationId: 'TokenPost',
    command: (input, state) => useOf(whoPosts(state, formOf(input), serviceIn(formOf(input), input))),
    reply: ({ state, input }) => postToken(state, input),
    refuse,
  },
]
