import type { EngineState } from '../state.ts'
import { ambiguousId, noSuchNetwork } from './errors.ts'
import type { Network } from './network.ts'

/** Full id, then name, then unique id prefix; nothing where there is none. */
export function lookup({ networks }: EngineState, ref: string): Network | undefined {
  const exact = networks.byId.get(ref) ?? networks.byId.get(networks.names.get(ref) ?? '')
  if (exact || ref === '') return exact
  const matches = networks.byId.prefix(ref)
  if (matches.length > 1) throw ambiguousId(ref, matches.length)
  return matches[0]
}

/** moby: Daemon.FindNetwork */
export function find(state: EngineState, ref: string): Network {
  const network = lookup(state, ref)
  if (!network) throw noSuchNetwork(ref)
  return network
}
