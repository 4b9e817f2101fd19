import { json } from '../../http/reply.ts'
import type { HubRoute } from '../verb.ts'
import { search } from './search.ts'

export const indexRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/v1/search',
    operationId: 'Search',
    reply: ({ state, input }) => json(search(state.repositories, input)),
  },
]
