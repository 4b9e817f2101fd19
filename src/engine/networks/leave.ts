import type { Container } from '../containers/container.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { attachmentsOf, networkOf } from './attachments.ts'

/** At exit, or after a start that failed: off every network, until the next start. */
export function leaveAll(state: EngineState, container: Container): readonly EngineEvent[] {
  if (container.config.networkDisabled) return []
  return attachmentsOf(state, container).flatMap((attachment): EngineEvent[] => {
    const network = networkOf(state, attachment)
    return network ? [{ type: 'network.disconnect', id: network.id, container: container.id, forget: false }] : []
  })
}
