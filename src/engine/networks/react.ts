import type { EngineReaction, EngineReactions } from '../reaction.ts'
import type { EngineState } from '../state.ts'
import { specOf } from './spec.ts'

/** Running containers whose NetworkSpec changes with that of a container: itself, who is linked to it, who shares it. */
function affectedBy({ containers, networks }: EngineState, changed: string): readonly string[] {
  const candidates = [changed, ...(networks.dependents.get(changed) ?? [])]
  return candidates.filter((id) => {
    const flags = containers.byId.get(id)?.flags
    return flags?.running && !flags.restarting
  })
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
