import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'

/** At start: the timer of the first probe. */
export function armHealth(_state: EngineState, _container: Container, _env: Env): readonly EngineEvent[] {
  return []
}

/** At exit: no more probes. */
export function disarmHealth(_state: EngineState, _container: Container): readonly EngineEvent[] {
  return []
}
