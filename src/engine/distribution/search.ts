import { Problem } from '../../core/problem.ts'
import type { Topics } from './commands.ts'
import { jsonOf, unreachable } from './errors.ts'
import type { Outcome, Talk } from './talk.ts'

const INDEX = 'https://index.docker.io'
const HOST = 'index.docker.io'

interface Result {
  readonly star_count: number
  readonly is_official: boolean
  readonly name: string
  readonly is_automated: boolean
  readonly description: string
}

/** `GET /images/search`: the Index finds, the daemon filters. moby: registry/search.go */
export function* search({ term, limit, filters }: Topics['ImageSearch']): Talk<Outcome> {
  const target = `/v1/search?${new URLSearchParams({ q: term.replace(/^(docker\.io|index\.docker\.io)\//, ''), n: String(limit) })}`
  const headers = { host: HOST, 'x-docker-token': 'true' }
  const answer = yield { method: 'GET', target, origin: INDEX, headers, body: new Uint8Array() }
  if (!answer) throw unreachable('GET', INDEX + target)
  if (answer.status !== 200) throw new Problem('System', `Unexpected status code ${answer.status}`)
  const { results } = jsonOf(answer) as { results: readonly Result[] }
  const { official, automated, stars } = filters
  const shown = results.filter(
    (one) =>
      (official === undefined || one.is_official === official) &&
      (automated === undefined || one.is_automated === automated) &&
      one.star_count >= stars,
  )
  return {
    json: shown.map(({ star_count, is_official, name, is_automated, description }) => ({
      star_count,
      is_official,
      name,
      is_automated,
      description,
    })),
    events: [],
  }
}
