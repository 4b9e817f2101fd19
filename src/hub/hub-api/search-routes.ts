import type { Input } from '../../http/input.ts'
import { json } from '../../http/reply.ts'
import { isOfficial, matching, shortName } from '../index-v1/search.ts'
import type { Repository } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { refuse } from './errors.ts'
import { pageOf } from './page.ts'

const result = ({ name, description, stars, pulls }: Repository) => ({
  repo_name: shortName(name),
  short_description: description,
  star_count: stars,
  pull_count: pulls,
  repo_owner: '',
  is_automated: false,
  is_official: isOfficial(name),
})

function search({ repositories }: HubState, input: Input) {
  const { query } = input
  const words = (query.get('query') ?? '').replace(/^\*$/, '')
  const official = query.get('is_official')
  const found = matching(repositories, words).filter(
    ({ name }) => official === null || isOfficial(name) === (official === 'true' || official === '1'),
  )
  const page = pageOf(found, input, result)
  // Where there is no other page, this list of all has an empty link.
  return { ...page, next: page.next ?? '', previous: page.previous ?? '' }
}

/** What `hub.docker.com` itself searches by. */
export const searchRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/v2/search/repositories',
    operationId: 'RepositorySearch',
    reply: ({ state, input }) => json(search(state, input)),
    refuse,
  },
]
