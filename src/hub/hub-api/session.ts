import { type Duration, MINUTE, SECOND } from '../../core/instant.ts'
import { type TokenScope, widest } from '../access-tokens/access-token.ts'
import { type Identity, identityByToken } from '../access-tokens/identity.ts'
import { primaryEmail } from '../accounts/account.ts'
import { readJwt, signJwt } from '../auth/jwt.ts'
import type { HubState } from '../state.ts'
import { uuidFor } from './number.ts'

const AUDIENCE = 'https://hub.docker.com'
/** `POST /v2/auth/token` */
export const SHORT: Duration = 10 * MINUTE
/** `POST /v2/users/login` */
export const LONG: Duration = 30 * 24 * 60 * MINUTE

interface About {
  readonly email: string
  readonly roles: readonly string[]
  readonly session_id: string
  /** `docker_pat|<uuid>`, `docker_oat|<id>`: what the session came of. */
  readonly source: string
  readonly username: string
  readonly uuid: string
}

interface Claims {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  readonly exp: number
  readonly iat: number
  readonly jti: string
  readonly scope: TokenScope
  readonly 'https://hub.docker.com': About
}

/** The registry's tokens are signed with another key: neither opens the other's door. */
const keyOf = (secret: string) => `${secret}\nhub-api`

/** The JWT of a session of the Hub API. */
export function sessionToken(
  state: HubState,
  { account, token, organisationToken }: Identity,
  id: string,
  life: Duration,
): string {
  const { rules, now } = state
  const uuid = uuidFor(rules.secret, 'account', account.name)
  const seconds = Math.floor(now / SECOND)
  const about: About = {
    email: primaryEmail(account),
    roles: [],
    session_id: id,
    source: organisationToken
      ? `docker_oat|${organisationToken.id}`
      : token
        ? `docker_pat|${token.uuid}`
        : 'docker_pwd|',
    username: account.name,
    uuid,
  }
  const claims: Claims = {
    iss: 'https://api.docker.com/',
    sub: uuid,
    aud: AUDIENCE,
    exp: Math.floor((now + life) / SECOND),
    iat: seconds,
    jti: id,
    scope: token ? widest(token) : 'repo:admin',
    [AUDIENCE]: about,
  }
  return signJwt(keyOf(rules.secret), claims)
}

/** Whose session it is; it ends with the access token that it came of. */
export function sessionOf(state: HubState, jwt: string): Identity | undefined {
  const { rules, now, accounts } = state
  const about = readJwt<Claims>(keyOf(rules.secret), jwt, now)?.[AUDIENCE]
  if (!about) return undefined
  const token = /^docker_[po]at\|(.*)$/.exec(about.source)?.[1]
  if (token !== undefined) return identityByToken(state, token)
  const account = accounts.get(about.username)
  return account?.active ? { account } : undefined
}
