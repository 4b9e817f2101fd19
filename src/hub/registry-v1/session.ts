import { HOUR, type Instant } from '../../core/instant.ts'
import { fromBase64, toBase64Url } from '../../http/base64.ts'
import type { Input } from '../../http/input.ts'
import { utf8 } from '../../http/json-lines.ts'
import { hmac } from '../auth/hmac.ts'
import type { Access } from '../auth/index-token.ts'
import type { HubState } from '../state.ts'

/** What stands in a cookie for a token that was spent. */
export interface Session {
  readonly repository: string
  readonly access: Access
  readonly until: Instant
}

const LIFE = HOUR

const sign = (secret: string, text: string) => toBase64Url(hmac(secret, `session ${text}`))

/** `Set-Cookie`: for an hour the token need not be good any more. */
export function cookieOf({ rules, now }: HubState, repository: string, access: Access): string {
  const text = toBase64Url(utf8(JSON.stringify({ repository, access, until: now + LIFE })))
  return `session=${text}.${sign(rules.secret, text)}; Path=/; HttpOnly`
}

/** The session of the request's cookie, if it is one of this world's and still holds. */
export function sessionOf({ rules, now }: HubState, { request }: Input): Session | undefined {
  const [, text = '', signature] = /(?:^|;\s*)session=([^.;]*)\.([^;]*)/.exec(request.headers.cookie ?? '') ?? []
  if (signature === undefined || signature !== sign(rules.secret, text)) return undefined
  const session = JSON.parse(new TextDecoder().decode(fromBase64(text))) as Session
  return session.until > now ? session : undefined
}
