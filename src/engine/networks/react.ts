import type { EngineReaction, EngineReactions } from '../reaction.ts'
import type { EngineState } from '../state.ts'
import { namespaceOwner, specOf } from './spec.ts'

/** Running containers whose NetworkSpec changes with that of a container: itself, who is linked to it, who shares it. */
export function affectedBy(state: EngineState, changed: string): readonly string[] {
  return state.containers.byId
    .values()
    .filter((container) => container.flags.running && !container.flags.restarting)
    .filter(
      (container) =>
        container.links.some(({ id }) => id === changed) || namespaceOwner(state, container)?.id === changed,
    )
    .map(({ id }) => id)
}

function rewire(state: EngineState, changed: string): readonly EngineReaction[] {
  return affectedBy(state, changed).map((id) => ({
    kind: 'rewire',
    container: id,
    network: specOf(state, state.containers.byId.get(id)!),
  }))
}

export const networkReactions: EngineReactions = {
  'network.connect': ({ container }, state) => rewire(state, container),
  'network.disconnect': ({ container, forget }, state) => (forget ? rewire(state, container) : []),
  'network.publish': ({ endpoint }, state) => rewire(state, endpoint.container),
}
