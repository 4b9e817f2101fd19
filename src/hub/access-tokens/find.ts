import { notFound } from '../hub-api/errors.ts'
import type { HubState } from '../state.ts'
import type { AccessToken } from './access-token.ts'

/** Those of others are hidden. */
export function findToken({ accessTokens }: HubState, owner: string, uuid: string): AccessToken {
  const token = accessTokens.get(uuid)
  if (token?.owner !== owner) throw notFound()
  return token
}
