import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'

/** The networks that every daemon has: bridge, host, none. */
export function initialNetworks(_env: Env): readonly EngineEvent[] {
  return []
}
