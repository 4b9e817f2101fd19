import type { Description, Descriptions } from '../events/description.ts'
import type { EngineState } from '../state.ts'

/** moby: Daemon.LogNetworkEventWithAttributes */
function of(
  { networks }: EngineState,
  id: string,
  action: string,
  more: Readonly<Record<string, string>> = {},
): Description | undefined {
  const network = networks.byId.get(id)
  return network && { type: 'network', action, id, attributes: { name: network.name, type: network.driver, ...more } }
}

/** What `GET /events` tells of networks. */
export const networkDescriptions: Descriptions = {
  'network.create': ({ network }, _, after) => of(after, network.id, 'create'),
  'network.connect': ({ id, container }, _, after) => of(after, id, 'connect', { container }),
  'network.disconnect': ({ id, container }, _, after) => of(after, id, 'disconnect', { container }),
  'network.destroy': ({ id }, before) => of(before, id, 'destroy'),
  'network.prune': () => ({ type: 'network', action: 'prune', id: '', attributes: { reclaimed: '0' } }),
}
