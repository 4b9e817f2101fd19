import type { Decider } from '../core/decider.ts'
import type { Env } from '../core/env.ts'
import type { HubCommand } from './commands.ts'
import type { HubEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { hubRouter } from './router.ts'
import { emptyHub, type HubState } from './state.ts'
import { surface } from './surface.ts'
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

/** Docker Hub, and any other registry of the tank. */
export const hub = {
  name: 'hub',
  decider: hubDecider,
  router: hubRouter,
  react: () => [],
  advance: (_now: number, fired?: string): HubCommand => ({
    type: 'ClockAdvance',
    ...(fired === undefined ? {} : { fired }),
  }),
  surface,
}
