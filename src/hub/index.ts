import type { Decider } from '../core/decider.ts'
import type { Env } from '../core/env.ts'
import { byHost, router } from '../http/router.ts'
import { accountRoutes } from './accounts/routes.ts'
import { authRoutes } from './auth/routes.ts'
import type { HubCommand } from './commands.ts'
import type { HubEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { AUTH_HOST, HUB_HOST, INDEX_HOST, REGISTRY_HOST } from './hosts.ts'
import { hubApiRouter } from './hub-api/routes.ts'
import { indexRoutes } from './index-v1/routes.ts'
import { registryRoutes } from './registry/routes.ts'
import { emptyHub, type HubState } from './state.ts'
import { surface } from './surface.ts'
import type { HubRoute } from './verb.ts'
import { verbs } from './verbs.ts'

export type { HubCommand } from './commands.ts'
export type { HubEvent } from './events.ts'
export type { HubState } from './state.ts'

type AnyVerb = (state: HubState, command: HubCommand, env: Env) => readonly HubEvent[]

export const hubDecider: Decider<HubState, HubCommand, HubEvent> = {
  initial: emptyHub,
  decide: (state, command, env) => (verbs[command.type] as AnyVerb)(state, command, env),
  evolve,
}

const site = (...routes: (readonly HubRoute[])[]) => router<HubRoute>(routes.flat(), { versioned: false })

const api = hubApiRouter(accountRoutes)
const SITES = {
  [REGISTRY_HOST]: site(registryRoutes),
  [AUTH_HOST]: site(authRoutes),
  [INDEX_HOST]: site(indexRoutes),
  [HUB_HOST]: api,
}
/** A registry of one's own, or a port that stands for the Hub, is all of these at one address. */
const together = site(registryRoutes, authRoutes, indexRoutes, accountRoutes)
const everything: typeof together = {
  routes: together.routes,
  match: (request) => together.match(request) ?? (request.registry === REGISTRY_HOST ? api.match(request) : undefined),
}

/** Docker Hub, and any other registry of the tank. */
export const hub = {
  name: 'hub',
  decider: hubDecider,
  router: byHost<HubRoute>(SITES, everything),
  react: () => [],
  advance: (_now: number, fired?: string): HubCommand => ({
    type: 'ClockAdvance',
    ...(fired === undefined ? {} : { fired }),
  }),
  surface,
}
