import { type Instant, SECOND } from '../../core/instant.ts'
import { fromBase64, toBase64Url } from '../../http/base64.ts'
import { utf8 } from '../../http/json-lines.ts'
import { hmac } from './hmac.ts'

const HEADER = toBase64Url(utf8(JSON.stringify({ typ: 'JWT', alg: 'HS256' })))

/** `header.payload.signature`, RFC 7519. */
export function signJwt(secret: string, claims: object): string {
  const signed = `${HEADER}.${toBase64Url(utf8(JSON.stringify(claims)))}`
  return `${signed}.${toBase64Url(hmac(secret, signed))}`
}

/** What the token says, if it was signed with this secret and still holds. */
export function readJwt<Claims extends { readonly exp: number }>(
  secret: string,
  token: string,
  now: Instant,
): Claims | undefined {
  const [header, payload = '', signature] = token.split('.')
  if (header !== HEADER || signature !== toBase64Url(hmac(secret, `${header}.${payload}`))) return undefined
  const claims = JSON.parse(new TextDecoder().decode(fromBase64(payload))) as Claims
  return claims.exp * SECOND > now ? claims : undefined
}
