import { filterLabels } from '../../http/filters.ts'
import { untilOf } from '../containers/prune.ts'
import type { EngineVerb } from '../verb.ts'
import type { NetworkCommands } from './commands.ts'
import { byAge, isDangling } from './list.ts'
import { isLent } from './remove.ts'

export const PRUNE_FILTERS: ReadonlySet<string> = new Set(['label', 'label!', 'until'])

/** Every network that nobody runs on goes. moby: daemon/prune.go NetworksPrune */
export const prune: EngineVerb<NetworkCommands['NetworkPrune']> = (state, { filters }, { now }) => {
  const until = untilOf(filters, now)
  const doomed = state.networks.byId
    .values()
    .filter((network) => isDangling(state, network) && !isLent(state, network) && network.created <= until)
    .filter(({ labels }) => filterLabels(filters, labels))
    .filter(({ labels }) => !filters.get('label!')?.length || !filterLabels(filters, labels, 'label!'))
    .sort(byAge)
  return [...doomed.map(({ id, name }) => ({ type: 'network.destroy', id, name }) as const), { type: 'network.prune' }]
}
