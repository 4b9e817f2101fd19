import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import { evolve } from '../evolve.ts'
import type { EngineState } from '../state.ts'

/** The state as it will be after these events: for verbs whose later steps depend on earlier ones. */
export function applied(state: EngineState, events: readonly EngineEvent[], { now, position }: Env): EngineState {
  return events.reduce((next, event, i) => evolve(next, { at: now, position: position + i, ...event }), state)
}
