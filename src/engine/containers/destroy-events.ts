import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { removeAnonymous } from '../volumes/mounts.ts'
import type { Container } from './container.ts'

/** The container goes away, with `volumes` its anonymous volumes too. moby: Daemon.cleanupContainer */
export function destroyEvents(state: EngineState, container: Container, volumes: boolean): readonly EngineEvent[] {
  return [{ type: 'container.destroy', id: container.id }, ...(volumes ? removeAnonymous(state, container) : [])]
}
