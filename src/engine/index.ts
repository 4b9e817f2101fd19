import type { Decider } from '../core/decider.ts'
import type { Env } from '../core/env.ts'
import { router } from '../http/router.ts'
import type { EngineCommand } from './commands.ts'
import type { EngineEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { react } from './react.ts'
import { routes } from './routes.ts'
import { type EngineState, emptyEngine } from './state.ts'
import { surface } from './surface.ts'
import { unbuiltRoutes } from './unbuilt.ts'
import { verbs } from './verbs.ts'

export type { EngineCommand } from './commands.ts'
export type { EngineEffect } from './effects.ts'
export type { EngineEvent } from './events.ts'
export type { EngineState } from './state.ts'

type AnyVerb = (state: EngineState, command: EngineCommand, env: Env) => readonly EngineEvent[]

export const engineDecider: Decider<EngineState, EngineCommand, EngineEvent> = {
  initial: emptyEngine,
  decide: (state, command, env) => (verbs[command.type] as AnyVerb)(state, command, env),
  evolve,
}

/** The Docker Engine. */
export const engine = {
  name: 'engine',
  decider: engineDecider,
  router: router([...routes, ...unbuiltRoutes(routes)], { versioned: true }),
  react,
  advance: (_now: number, fired?: string): EngineCommand => ({
    type: 'ClockAdvance',
    ...(fired === undefined ? {} : { fired }),
  }),
  surface,
}
