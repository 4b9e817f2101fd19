import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { NetworkCommands } from './commands.ts'
import { activeEndpoints, cannotRemovePredefined, configInUse } from './errors.ts'
import { find } from './find.ts'
import { isPredefined, type Network } from './network.ts'

/** Stopped containers do not keep a network. moby: Daemon.DeleteNetwork */
export const remove: EngineVerb<NetworkCommands['NetworkDelete']> = (state, { id: ref }) => {
  const network = find(state, ref)
  if (isPredefined(network.name)) throw cannotRemovePredefined(network.name)
  const active = activeIn(state, network)
  if (active.length > 0) throw activeEndpoints(network.name, active)
  if (network.configOnly && isLent(state, network)) throw configInUse(network.name)
  return [{ type: 'network.destroy', id: network.id, name: network.name }]
}

function activeIn({ networks, containers }: EngineState, { id }: Network): readonly string[] {
  const members = networks.members.get(id)?.values() ?? []
  return members.map(
    (endpoint) => `name:"${containers.byId.get(endpoint.container)?.name ?? ''}" id:"${endpoint.id.slice(0, 12)}"`,
  )
}

/** Whether another network took its configuration. */
export const isLent = ({ networks }: EngineState, { name }: Network): boolean =>
  networks.byId.values().some(({ configFrom }) => configFrom === name)
