import { buildRoutes } from './build/routes.ts'
import { fileRoutes } from './containers/file-routes.ts'
import { containerRoutes } from './containers/routes.ts'
import { streamRoutes } from './containers/stream-routes.ts'
import { distributionRoutes } from './distribution/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { execRoutes } from './exec/routes.ts'
import { imageRoutes } from './images/routes.ts'
import { networkRoutes } from './networks/routes.ts'
import { pluginRoutes } from './plugins/routes.ts'
import { swarmRoutes } from './swarm/routes.ts'
import { systemRoutes } from './system/routes.ts'
import type { EngineRoute } from './verb.ts'
import { volumeRoutes } from './volumes/routes.ts'

/** Every endpoint of the Engine API that is built. */
export const routes: readonly EngineRoute[] = [
  ...containerRoutes,
  ...streamRoutes,
  ...fileRoutes,
  ...execRoutes,
  ...imageRoutes,
  ...distributionRoutes,
  ...buildRoutes,
  ...networkRoutes,
  ...volumeRoutes,
  ...eventRoutes,
  ...systemRoutes,
  ...pluginRoutes,
  ...swarmRoutes,
]
