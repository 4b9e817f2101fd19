import type { Env } from '../../core/env.ts'
import type { Instant } from '../../core/instant.ts'
import type { HubEvent } from '../events.ts'
import type { HubState } from '../state.ts'
import { hmac } from './hmac.ts'

export type Access = 'read' | 'write' | 'delete'

/** What the Index gives to somebody for the registry, good for one repository and one kind of request. */
export interface IndexToken {
  readonly signature: string
  /** `library/ubuntu` */
  readonly repository: string
  readonly access: Access
  readonly expires: Instant
  /** It was shown, and shall not be shown again: only where tokens are for a single use. */
  readonly spent: boolean
}

/** `signature=…,repository="alice/bb",access=write` */
export const tokenText = ({ signature, repository, access }: IndexToken): string =>
  `signature=${signature},repository="${repository}",access=${access}`

/** What an `Authorization: Token …` claims. docker-registry reads pairs wherever they stand, so a doubled `Token` is none the worse. */
export function parseToken(header: string | undefined): Readonly<Record<string, string>> | undefined {
  if (!/^token\s/i.test(header ?? '')) return undefined
  return Object.fromEntries([...header!.matchAll(/(\w+)[:=][\s"]?([^",]+)"?/g)].map(([, key, value]) => [key!, value!]))
}

/** A token of this world, that still holds and says of itself what it is. */
export function goodToken({ index, now }: HubState, header: string | undefined): IndexToken | undefined {
  const claimed = parseToken(header)
  const token = index.tokens.get(claimed?.signature ?? '')
  const agrees = token && claimed && token.repository === claimed.repository && token.access === claimed.access
  return agrees && token.expires > now ? token : undefined
}

/** A fresh token: never the same twice. */
export function issue({ rules }: HubState, repository: string, access: Access, env: Env): HubEvent[] {
  const signature = hex(hmac(rules.secret, `index ${repository} ${access} ${env.id()}`)).slice(0, 40)
  const token: IndexToken = { signature, repository, access, expires: env.now + rules.v1.tokenLife, spent: false }
  return [
    { type: 'token.issue', token },
    {
      type: 'timer.set',
      key: timerOf(signature),
      due: token.expires,
      command: { type: 'IndexTokenExpire', signature },
    },
  ]
}

export const expire = (signature: string): HubEvent[] => [
  { type: 'token.expire', signature },
  { type: 'timer.clear', key: timerOf(signature) },
]

const timerOf = (signature: string) => `token ${signature}`

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
