import { Problem } from '../../core/problem.ts'
import type { Answer } from '../../http/reply.ts'
import type { Topics } from './commands.ts'
import { jsonOf } from './errors.ts'
import { SessionV1 } from './session-v1.ts'
import type { Outcome, Talk } from './talk.ts'

interface Result {
  readonly star_count: number
  readonly is_official: boolean
  readonly name: string
  readonly is_automated: boolean
  readonly description: string
}

/** `GET /images/search`: the Index finds, the daemon filters. moby: registry/search.go */
export function* search({ term, limit, filters, credentials }: Topics['ImageSearch']): Talk<Outcome> {
  const { domain, words } = splitTerm(term)
  const session = new SessionV1(domain, credentials)
  yield* session.ping()
  const path = `search?${new URLSearchParams({ q: words, n: String(limit) })}`
  const answer = yield* session.ask({ method: 'GET', path })
  if (answer.status !== 200) throw new Problem('System', `Unexpected status code ${answer.status}`)
  const { official, automated, stars } = filters
  const shown = resultsOf(answer).filter(
    (one) =>
      (official === undefined || one.is_official === official) &&
      (automated === undefined || one.is_automated === automated) &&
      one.star_count >= stars,
  )
  return { json: shown }
}

/** What stands before the first slash is an Index of its own, if it looks like a host. */
function splitTerm(term: string): { readonly domain: string; readonly words: string } {
  const slash = term.indexOf('/')
  const first = term.slice(0, Math.max(0, slash))
  const named = slash >= 0 && (/[.:]/.test(first) || first === 'localhost')
  const domain = named && first !== 'docker.io' && first !== 'index.docker.io' ? first : 'docker.io'
  return { domain, words: named ? term.slice(slash + 1) : term }
}

/** Registries of their own tell less of what they found. */
function resultsOf(answer: Answer): readonly Result[] {
  const { results = [] } = (jsonOf(answer) ?? {}) as { results?: readonly Partial<Result>[] }
  return results.map(({ star_count = 0, is_official = false, name = '', is_automated = false, description = '' }) => ({
    star_count,
    is_official,
    name,
    is_automated,
    description,
  }))
}
