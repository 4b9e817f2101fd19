import type { Instant } from '../core/instant.ts'
import { type EngineState, emptyEngine } from '../engine/state.ts'
import { defaultHost, type Host } from '../engine/system/host.ts'

/** What the world is like at the start. */
export interface Origin {
  readonly host?: Partial<Host>
}

/** The engine's first state. */
export function origin(options: Origin, _seed: string, now: Instant): EngineState {
  return { ...emptyEngine, now, host: { ...defaultHost, ...options.host } }
}
