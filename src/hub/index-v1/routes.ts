import type { HubRoute } from '../verb.ts'
import { indexJson, refuse } from './answer.ts'
import { callerIfAny } from './caller.ts'
import { repositoryRoutes } from './repository-routes.ts'
import { search } from './search.ts'
import { userRoutes } from './user-routes.ts'

const ping = (path: string): HubRoute => ({
  method: 'GET',
  path,
  operationId: 'IndexPing',
  reply: () =>
    indexJson(true, 200, [
      ['X-Docker-Registry-Version', '0.9.1'],
      ['X-Docker-Registry-Standalone', 'False'],
    ]),
})

/** `index.docker.io/v1`, as it was in 2013 to 2015. */
export const indexRoutes: readonly HubRoute[] = [
  ping('/v1/_ping'),
  ping('/_ping'),
  ...userRoutes,
  ...repositoryRoutes,
  {
    method: 'GET',
    path: '/v1/search',
    operationId: 'Search',
    reply: ({ state, input }) => {
      callerIfAny(state, input)
      return indexJson(search(state.repositories, input))
    },
    refuse,
  },
]
