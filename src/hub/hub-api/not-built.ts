import type { HubRoute } from '../verb.ts'
import { notBuilt, refuse } from './errors.ts'

const SCIM = '/v2/scim/2.0'

/** Operations of the API reference that this emulator does not have: they say so. */
const OPERATIONS: readonly (readonly [method: string, path: string, operationId: string])[] = [
  ['GET', `${SCIM}/ServiceProviderConfig`, 'ScimServiceProviderConfig'],
  ['GET', `${SCIM}/ResourceTypes`, 'ScimResourceTypeList'],
  ['GET', `${SCIM}/ResourceTypes/:name`, 'ScimResourceTypeGet'],
  ['GET', `${SCIM}/Schemas`, 'ScimSchemaList'],
  ['GET', `${SCIM}/Schemas/:id`, 'ScimSchemaGet'],
  ['GET', `${SCIM}/Users`, 'ScimUserList'],
  ['POST', `${SCIM}/Users`, 'ScimUserCreate'],
  ['GET', `${SCIM}/Users/:id`, 'ScimUserGet'],
  ['PUT', `${SCIM}/Users/:id`, 'ScimUserUpdate'],
]

export const notBuiltRoutes: readonly HubRoute[] = OPERATIONS.map(([method, path, operationId]) => ({
  method,
  path,
  operationId,
  reply: () => {
    throw notBuilt(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  },
  refuse,
}))
