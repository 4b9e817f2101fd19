import type { Input } from '../../http/input.ts'
import type { HeaderPairs } from '../../http/reply.ts'
import { tokenText } from '../auth/index-token.ts'
import type { HubEvent } from '../events.ts'
import { INDEX_HOST, REGISTRY_HOST } from '../hosts.ts'

/** Tokens are given to those alone who ask for them. */
export const wantsToken = ({ request }: Input): boolean => /^true$/i.test(request.headers['x-docker-token'] ?? '')

/** Where the client goes next. Whoever reached the Index by another name than its own finds the registry there too. */
export function endpoints({ request }: Input): HeaderPairs {
  const { host = INDEX_HOST } = request.headers
  return [['X-Docker-Endpoints', host === INDEX_HOST ? REGISTRY_HOST : host]]
}

/** The token that was made, for the client to show to the registry. */
export function tokenHeaders(events: readonly HubEvent[]): HeaderPairs {
  const issued = events.find((event) => event.type === 'token.issue')
  if (!issued) return []
  const text = tokenText(issued.token)
  return [
    ['WWW-Authenticate', `Token ${text}`],
    ['X-Docker-Token', text],
  ]
}
