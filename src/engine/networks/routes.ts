import { parseFilters } from '../../http/filters.ts'
import type { Input } from '../../http/input.ts'
import { parseBool } from '../../http/query.ts'
import { empty, json, noContent, type Reply } from '../../http/reply.ts'
import type { EngineCommand } from '../commands.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { throwIfFailed } from './connect.ts'
import { noSuchNetwork, refused } from './errors.ts'
import { find } from './find.ts'
import { LIST_FILTERS, list } from './list.ts'
import type { Network } from './network.ts'
import { PRUNE_FILTERS } from './prune.ts'
import { network } from './wire/network.ts'
import { connectRequestOf, disconnectRequestOf, networkRequestOf } from './wire/network-request.ts'

const listed = ({
  state,
  input,
}: {
  state: EngineState
  input: Input
}): Reply<EngineState, EngineCommand, EngineEvent> => {
  const found = list(state, parseFilters(input.query.get('filters'), LIST_FILTERS))
  return json(found.map((one) => network(state, one, !supports(input.version, 'leanNetworkList'))))
}

/** `verbose` tells more of swarm networks only; a scope that the network has not hides it. */
function inspected(state: EngineState, { params, query }: Input): Network {
  const verbose = query.get('verbose') ?? ''
  if (verbose !== '' && parseBool(verbose) === undefined)
    throw refused(
      `invalid value for verbose: ${verbose}: strconv.ParseBool: parsing ${JSON.stringify(verbose)}: invalid syntax`,
    )
  const found = find(state, params.id!)
  if (![found.scope, ''].includes(query.get('scope') ?? '')) throw noSuchNetwork(params.id!)
  return found
}

export const networkRoutes: readonly EngineRoute[] = [
  { method: 'GET', path: '/networks', operationId: 'NetworkList', reply: listed },
  { method: 'GET', path: '/networks/', operationId: 'NetworkList', reply: listed },
  {
    method: 'GET',
    path: '/networks/:id',
    operationId: 'NetworkInspect',
    reply: ({ state, input }) => json(network(state, inspected(state, input), true)),
  },
  {
    method: 'POST',
    path: '/networks/create',
    operationId: 'NetworkCreate',
    command: (input) => ({ type: 'NetworkCreate', ...networkRequestOf(input) }),
    reply: ({ events }) => {
      const created = events.find((event) => event.type === 'network.create')!
      return json({ Id: created.network.id, Warning: '' }, 201)
    },
  },
  {
    method: 'POST',
    path: '/networks/:id/connect',
    operationId: 'NetworkConnect',
    command: (input) => ({ type: 'NetworkConnect', ...connectRequestOf(input) }),
    reply: ({ events }) => {
      throwIfFailed(events)
      return empty(200)
    },
  },
  {
    method: 'POST',
    path: '/networks/:id/disconnect',
    operationId: 'NetworkDisconnect',
    command: (input) => ({ type: 'NetworkDisconnect', ...disconnectRequestOf(input) }),
    reply: () => empty(200),
  },
  {
    method: 'POST',
    path: '/networks/prune',
    operationId: 'NetworkPrune',
    command: ({ query }) => ({ type: 'NetworkPrune', filters: parseFilters(query.get('filters'), PRUNE_FILTERS) }),
    reply: ({ events }) => pruned(events),
  },
  {
    method: 'DELETE',
    path: '/networks/:id',
    operationId: 'NetworkDelete',
    command: ({ params }) => ({ type: 'NetworkDelete', id: params.id! }),
    reply: () => noContent,
  },
]

function pruned(events: readonly EngineEvent[]) {
  const names = events.flatMap((event) => (event.type === 'network.destroy' ? [event.name] : []))
  return json({ NetworksDeleted: names.length > 0 ? names : null })
}
