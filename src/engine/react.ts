import type { Stamped } from '../core/decider.ts'
import type { EngineEffect } from './effects.ts'
import type { EngineEvent } from './events.ts'
import type { EngineState } from './state.ts'

/** What the process machines must do because of an event. */
export function react(_event: Stamped<EngineEvent>, _state: EngineState): readonly EngineEffect[] {
  return []
}
