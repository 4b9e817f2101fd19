import type { Container } from '../containers/container.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { attachmentsOf, networkOf } from './attachments.ts'
import type { Network } from './network.ts'

/** A container has left a network. */
export const disconnected = ({ id, name }: Network, container: Container, forget: boolean): EngineEvent => ({
  type: 'network.disconnect',
  id,
  name,
  container: container.id,
  forget,
})

/** At exit, or after a start that failed: off every network, until the next start. */
export function leaveAll(state: EngineState, container: Container): readonly EngineEvent[] {
  if (container.config.networkDisabled) return []
  return attachmentsOf(state, container.id).flatMap((attachment): EngineEvent[] => {
    const network = networkOf(state, attachment)
    return network ? [disconnected(network, container, false)] : []
  })
}
