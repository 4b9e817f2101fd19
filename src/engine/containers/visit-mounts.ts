import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { mountAll, unmountAll } from '../volumes/mounts.ts'
import type { Container } from './container.ts'

/** Whoever looks at a container's files mounts its volumes for that time. moby: Daemon.openContainerFS */
export function visitMounts(
  state: EngineState,
  container: Container,
  _env: Env,
  during: readonly EngineEvent[],
): readonly EngineEvent[] {
  return [...mountAll(state, container), ...during, ...unmountAll(state, container)]
}
