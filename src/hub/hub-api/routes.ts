import { type Router, router } from '../../http/router.ts'
import { scimRoutes } from '../scim/routes.ts'
import type { HubRoute } from '../verb.ts'
import { accessTokenRoutes } from './access-token-routes.ts'
import { auditLogRoutes } from './audit-log-routes.ts'
import { counted } from './call-limit.ts'
import { loginRoutes } from './login-routes.ts'
import { organisationTokenRoutes } from './organisation-token-routes.ts'
import { groupRoutes } from './organisations/group-routes.ts'
import { inviteRoutes } from './organisations/invite-routes.ts'
import { organisationRoutes } from './organisations/routes.ts'
import { repositoryRoutes } from './repositories/routes.ts'
import { repositorySettingsRoutes } from './repositories/settings-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { tagRoutes } from './tags/routes.ts'
import { userRoutes } from './user-routes.ts'

/** Every endpoint of the Hub API. */
export const hubApiRoutes: readonly HubRoute[] = [
  ...loginRoutes,
  ...accessTokenRoutes,
  ...repositoryRoutes,
  ...repositorySettingsRoutes,
  ...tagRoutes,
  ...searchRoutes,
  ...userRoutes,
  ...organisationRoutes,
  ...groupRoutes,
  ...inviteRoutes,
  ...organisationTokenRoutes,
  ...auditLogRoutes,
  ...scimRoutes,
]

/** `hub.docker.com`: the API, with a slash at the end of its paths or without, and the pages that e-mails lead to. */
export function hubApiRouter(pages: readonly HubRoute[]): Router<HubRoute> {
  const all = router<HubRoute>([...pages, ...hubApiRoutes.map(counted)], { versioned: false })
  return { routes: all.routes, match: (request) => all.match({ ...request, target: bare(request.target) }) }
}

/** Without the slash at the end of the path. */
const bare = (target: string): string => target.replace(/\/+(?=\?|$)/, '')
