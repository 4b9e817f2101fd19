import type { HubRoute } from '../verb.ts'
import { blobRoutes } from './blob-routes.ts'
import { listRoutes } from './list-routes.ts'
import { manifestRoutes } from './manifest-routes.ts'
import { uploadRoutes } from './upload-routes.ts'

/** Every endpoint of a registry: OCI distribution 1.1, Docker Registry v2. */
export const registryRoutes: readonly HubRoute[] = [...listRoutes, ...uploadRoutes, ...blobRoutes, ...manifestRoutes]
