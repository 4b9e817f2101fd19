import type { Stamped } from '../../core/decider.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Message } from './event-log.ts'

/** The line of `GET /events` that an event gives, if any; `before` still knows what a destroy takes away. */
export function describe(_event: Stamped<EngineEvent>, _before: EngineState, _after: EngineState): Message | undefined {
  return undefined
}
