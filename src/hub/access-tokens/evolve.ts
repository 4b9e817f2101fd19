import type { Instant } from '../../core/instant.ts'
import type { HubEvolution } from '../verb.ts'
import type { AccessTokens } from './access-token.ts'
import type { AccessTokenEvents } from './events.ts'

export const accessTokensEvolution: HubEvolution<AccessTokens, AccessTokenEvents> = {
  'access-token.set': (slice, { token }) => slice.set(token.uuid, token),
  'access-token.delete': (slice, { uuid }) => slice.delete(uuid),
  'access-token.use': (slice, { uuid, at }) => use(slice, uuid, at),
  'session.start': (slice, { pat, at }) => (pat === undefined ? slice : use(slice, pat, at)),
}

function use(slice: AccessTokens, uuid: string, at: Instant): AccessTokens {
  const token = slice.get(uuid)
  return token ? slice.set(uuid, { ...token, used: at }) : slice
}
