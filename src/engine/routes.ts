import { running } from '#running'
import { buildRoutes } from './build/routes.ts'
import { containerRoutes } from './containers/routes.ts'
import { distributionRoutes } from './distribution/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { imageRoutes } from './images/routes.ts'
import { laterRoutes } from './later.ts'
import { networkRoutes } from './networks/routes.ts'
import { pluginRoutes } from './plugins/routes.ts'
import { swarmRoutes } from './swarm/routes.ts'
import { systemRoutes } from './system/routes.ts'
import type { EngineRoute } from './verb.ts'
import { volumeRoutes } from './volumes/routes.ts'

const runningRoutes = laterRoutes(
  [
    'GET /containers/:name/logs ContainerLogs',
    'POST /containers/:name/attach ContainerAttach',
    'GET /containers/:name/attach/ws ContainerAttachWebsocket',
    'POST /containers/:name/resize ContainerResize',
    'HEAD /containers/:name/archive ContainerArchiveInfo',
    'GET /containers/:name/archive ContainerArchive',
    'PUT /containers/:name/archive PutContainerArchive',
    'GET /containers/:name/changes ContainerChanges',
    'GET /containers/:name/export ContainerExport',
    'POST /containers/:name/copy ContainerCopy',
    'GET /containers/:name/top ContainerTop',
    'GET /containers/:name/stats ContainerStats',
    'POST /containers/:name/exec ContainerExec',
    'POST /exec/:id/start ExecStart',
    'POST /exec/:id/resize ExecResize',
    'GET /exec/:id/json ExecInspect',
  ],
  () => running().runningRoutes,
)

/** Every endpoint of the Engine API that is built. */
export const routes: readonly EngineRoute[] = [
  ...containerRoutes,
  ...runningRoutes,
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
