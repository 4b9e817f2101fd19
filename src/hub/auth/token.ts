import { type Instant, SECOND } from '../../core/instant.ts'
import { AUTH_HOST } from '../hosts.ts'
import { readJwt, signJwt } from './jwt.ts'
import type { Scope } from './scope.ts'

/** What a token says; RFC 7519 and distribution's docs/content/spec/auth/jwt.md. Times in whole seconds. */
export interface Claims {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  readonly exp: number
  readonly nbf: number
  readonly iat: number
  readonly access: readonly Scope[]
  /** Of a refresh token: it opens no repository, it gives other tokens. */
  readonly refresh?: true
  /** Of a refresh token: the personal access token that it came of. */
  readonly pat?: string
}

export type Granted = Pick<Claims, 'sub' | 'aud' | 'access' | 'refresh' | 'pat'>

/** `header.payload.signature` */
export function sign(secret: string, granted: Granted, now: Instant, until: Instant): string {
  const seconds = Math.floor(now / SECOND)
  const times = { exp: Math.floor(until / SECOND), nbf: seconds, iat: seconds }
  const claims: Claims = { iss: AUTH_HOST, ...granted, ...times }
  return signJwt(secret, claims)
}

/** What the token says, if it is one of this world's and still holds. */
export const verify = (secret: string, token: string, now: Instant): Claims | undefined =>
  readJwt<Claims>(secret, token, now)
