import type { HubRoute } from '../verb.ts'
import { answerV1 } from './answer.ts'
import { standalone } from './authorize.ts'
import { withHead } from './guarded.ts'
import { imageRoutes } from './image-routes.ts'
import { propertyRoutes, removalRoutes } from './repository-routes.ts'
import { tagRoutes } from './tag-routes.ts'
import { uploadRoutesV1 } from './upload-routes.ts'

const ping = (path: string): HubRoute => ({
  method: 'GET',
  path,
  operationId: 'PingV1',
  reply: ({ input }) =>
    answerV1({}, 200, [
      ['X-Docker-Registry-Version', '0.9.1'],
      ['X-Docker-Registry-Standalone', standalone(input) ? 'True' : 'False'],
    ]),
})

const root: HubRoute = {
  method: 'GET',
  path: '/',
  operationId: 'RootV1',
  reply: () => answerV1('"docker-registry server"'),
}

const pings = [ping('/v1/_ping'), ping('/_ping')]

/** Everything of Registry v1 but its ping, which the Index has one of too. */
export const imagesV1Routes: readonly HubRoute[] = withHead([
  ...imageRoutes,
  ...uploadRoutesV1,
  ...tagRoutes,
  ...propertyRoutes,
  ...removalRoutes,
])

/** Docker Registry v1, docker-registry 0.9.1. */
export const registryV1Routes: readonly HubRoute[] = [...withHead([root, ...pings]), ...imagesV1Routes]
