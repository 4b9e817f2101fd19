import { type Instant, SECOND } from '../../core/instant.ts'
import type { HeaderPairs } from '../../http/reply.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { uuidFor } from '../hub-api/number.ts'
import type { HubState } from '../state.ts'
import { rateLimited } from './errors.ts'
import type { Where, Window } from './registry.ts'

/** How an account, or everybody without one, stands to Docker Hub's limit on pulls. */
export interface Standing {
  readonly limit: number
  readonly window: Window
  readonly seconds: number
  /** Who is counted: an address, or an account's UUID. */
  readonly source: string
}

/** `undefined`: nobody counts here. */
export function standing(
  { rules, content }: HubState,
  { registry }: Where,
  account: string,
  now: Instant,
): Standing | undefined {
  const { rateLimit } = rules
  if (!rateLimit || registry !== REGISTRY_HOST) return undefined
  const known = content.windows.get(account)
  const window = known && known.began + rateLimit.window > now ? known : { began: now, pulls: 0 }
  const limit = account === '' ? rateLimit.anonymous : rateLimit.account
  const source = account === '' ? '127.0.0.1' : uuidFor(rules.secret, 'account', account)
  return { limit, window, seconds: rateLimit.window / SECOND, source }
}

/** https://docs.docker.com/docker-hub/usage/pulls */
export function rateHeaders(at: Standing | undefined): HeaderPairs {
  if (!at) return []
  const { limit, window, seconds, source } = at
  return [
    ['RateLimit-Limit', `${limit};w=${seconds}`],
    ['RateLimit-Remaining', `${Math.max(0, limit - window.pulls)};w=${seconds}`],
    ['Docker-RateLimit-Source', source],
  ]
}

export function checkRate(at: Standing | undefined): void {
  if (at && at.window.pulls >= at.limit) throw rateLimited(rateHeaders(at))
}
