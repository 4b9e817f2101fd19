import type { Request } from '../http/input.ts'
import type { Answer } from '../http/reply.ts'
import { byHost, type Router, router } from '../http/router.ts'
import { accountRoutes } from './accounts/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { AUTH_HOST, HUB_HOST, INDEX_HOST, REGISTRY_HOST } from './hosts.ts'
import { hubApiRouter } from './hub-api/routes.ts'
import { indexRoutes } from './index-v1/routes.ts'
import { VERSION_HEADER } from './registry/errors.ts'
import { registryRoutes } from './registry/routes.ts'
import { lostPage } from './registry-v1/answer.ts'
import { imagesV1Routes, registryV1Routes } from './registry-v1/routes.ts'
import { standaloneRoutes } from './registry-v1/standalone-routes.ts'
import type { HubRoute } from './verb.ts'

const of = (...routes: readonly (readonly HubRoute[])[]) => router<HubRoute>(routes.flat(), { versioned: false })

const isDeletionByToken = ({ method, headers }: Request) =>
  method === 'DELETE' && /^token\s/i.test(headers.authorization ?? '')

const api = hubApiRouter(accountRoutes)
const sites: Readonly<Record<string, Router<HubRoute>>> = {
  [AUTH_HOST]: of(authRoutes),
  [INDEX_HOST]: of(indexRoutes),
  [HUB_HOST]: api,
  [REGISTRY_HOST]: of(registryRoutes, registryV1Routes),
}

/** A port that stands for the Hub is all of these at one address; whoever deletes with a token there means the registry. */
function together(): Router<HubRoute> {
  const index = of(registryRoutes, authRoutes, indexRoutes, imagesV1Routes, accountRoutes)
  const registry = of(imagesV1Routes)
  return {
    routes: index.routes,
    match: (request) =>
      (isDeletionByToken(request) ? registry.match(request) : undefined) ?? index.match(request) ?? api.match(request),
  }
}

const hubPort = together()
/** A registry of one's own, which is its own Index. */
const own = of(registryRoutes, authRoutes, registryV1Routes, standaloneRoutes)

const port: Router<HubRoute> = {
  routes: [...hubPort.routes, ...own.routes],
  match: (request) => (request.registry === REGISTRY_HOST ? hubPort : own).match(request),
}

/** By the host that is asked; every other one is a port of this machine. */
export const hubRouter = byHost<HubRoute>(sites, port)

const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE']

/** No route: the programs of v1 were written in Python, those of v2 in Go. */
export function lost(request: Request): Answer {
  if (request.origin === `https://${HUB_HOST}`) return lostInApi(request)
  if (/^\/(v1\/|_ping$)/.test(request.target))
    return lostPage(METHODS.filter((method) => hubRouter.match({ ...request, method }) !== undefined))
  return request.target.startsWith('/v2/') ? lostV2(request) : { status: 404, text: '404 page not found\n' }
}

const METHODS_API = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

function lostInApi(request: Request): Answer {
  const allowed = METHODS_API.filter((method) => api.match({ ...request, method }) !== undefined)
  if (allowed.length === 0) return { status: 404, json: { message: '404: Page Not Found' } }
  return { status: 405, headers: [['Allow', allowed.join(', ')]], json: { message: '405: Method Not Allowed' } }
}

const METHODS_V2 = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] as const
const v2 = of(registryRoutes)

/** gorilla/handlers: MethodHandler */
function lostV2(request: Request): Answer {
  const allowed = METHODS_V2.filter((method) => v2.match({ ...request, method }) !== undefined)
  if (allowed.length === 0) return { status: 404, headers: [VERSION_HEADER], text: '404 page not found\n' }
  return { status: 405, headers: [VERSION_HEADER, ['Allow', allowed.join(', ')]], text: 'Method not allowed\n' }
}
