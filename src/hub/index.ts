import type { Decider } from '../core/decider.ts'
import type { Env } from '../core/env.ts'
import { byHost, router } from '../http/router.ts'
import type { HubCommand } from './commands.ts'
import type { HubEvent } from './events.ts'
import { evolve } from './evolve.ts'
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

const registry = router<HubRoute>([], { versioned: false })

/** Docker Hub, and any other registry of the tank. */
export const hub = {
  name: 'hub',
  decider: hubDecider,
  router: byHost<HubRoute>({}, registry),
  react: () => [],
  advance: (): HubCommand => ({ type: 'ClockAdvance' }),
  surface,
}
