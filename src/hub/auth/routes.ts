import { SECOND } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import { rfc3339Nano } from '../../core/rfc3339.ts'
import { basicOf } from '../../http/credentials.ts'
import type { Input } from '../../http/input.ts'
import { type Answer, json } from '../../http/reply.ts'
import type { Account } from '../accounts/account.ts'
import { authenticate } from '../accounts/authenticate.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { grant } from './grant.ts'
import { parseScopes } from './scope.ts'
import { sign, verify } from './token.ts'

const SERVICE = 'registry.docker.io'
/** Refresh tokens hold as good as for ever. */
const FOR_EVER = 365 * 24 * 3600 * SECOND

const refused = () => new Problem('Unauthorized', 'incorrect username or password')
const refuse = ({ message }: Problem): Answer => json({ details: message }, 401)

/** distribution: docs/content/spec/auth/token.md */
function getToken(state: HubState, { request, query }: Input): Answer {
  const credentials = basicOf(request.headers.authorization)
  const account = credentials && authenticate(state.accounts, credentials)
  if (request.headers.authorization !== undefined && !account) throw refused()
  // Docker Hub gives refresh tokens to those alone who ask by OAuth2: `docker login` keeps the password.
  return answer(state, account, query.get('service') ?? SERVICE, query.getAll('scope'), false)
}

/** OAuth2, RFC 6749; distribution: docs/content/spec/auth/oauth.md */
function postToken(state: HubState, { request }: Input): Answer {
  const form = new URLSearchParams(new TextDecoder().decode(request.body))
  const account = accountOf(state, form)
  if (!account) throw refused()
  const offline = form.get('access_type') === 'offline'
  return answer(state, account, form.get('service') ?? SERVICE, form.getAll('scope'), offline)
}

function accountOf(state: HubState, form: URLSearchParams): Account | undefined {
  const { accounts, now, rules } = state
  if (form.get('grant_type') === 'password')
    return authenticate(accounts, { username: form.get('username') ?? '', password: form.get('password') ?? '' })
  const claims = verify(rules.secret, form.get('refresh_token') ?? '', now)
  const account = claims?.refresh ? accounts.get(claims.sub) : undefined
  return account?.active ? account : undefined
}

function answer(
  state: HubState,
  account: Account | undefined,
  aud: string,
  scopes: readonly string[],
  offline: boolean,
): Answer {
  const { now, rules } = state
  const sub = account?.name ?? ''
  const access = grant(state, account, parseScopes(scopes))
  const token = sign(rules.secret, { sub, aud, access }, now, now + rules.tokenLife)
  return json({
    token,
    access_token: token,
    expires_in: rules.tokenLife / SECOND,
    issued_at: rfc3339Nano(now),
    ...(offline
      ? { refresh_token: sign(rules.secret, { sub, aud, access: [], refresh: true }, now, now + FOR_EVER) }
      : {}),
  })
}

export const authRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/token',
    operationId: 'TokenGet',
    reply: ({ state, input }) => getToken(state, input),
    refuse,
  },
  {
    method: 'POST',
    path: '/token',
    operationId: 'TokenPost',
    reply: ({ state, input }) => postToken(state, input),
    refuse,
  },
]
