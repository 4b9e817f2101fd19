import type { EngineState } from '../state.ts'

/** What the embedded DNS answers to a container: addresses of the containers it shares a user network with. */
export function resolveName(_state: EngineState, _container: string, _name: string): readonly string[] {
  return []
}
