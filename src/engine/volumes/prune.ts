import { filterLabels } from '../../http/filters.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineVerb } from '../verb.ts'
import type { VolumeCommands } from './commands.ts'
import { contentBytes } from './size.ts'
import { isAnonymous, usersOf } from './volume.ts'

export const PRUNE_FILTERS: ReadonlySet<string> = new Set(['all', 'label', 'label!'])

/** Every volume that no container refers to goes, those with a name only if all are meant, those with options never. */
export const prune: EngineVerb<VolumeCommands['VolumePrune']> = ({ volumes }, { filters, all }) => {
  const doomed = volumes.byName
    .values()
    .filter((volume) => usersOf(volumes, volume.name).length === 0 && (all || isAnonymous(volume)))
    .filter(({ options }) => options === null)
    .filter(({ labels }) => filterLabels(filters, labels))
    .filter(({ labels }) => !filters.get('label!')?.length || !filterLabels(filters, labels, 'label!'))
  const reclaimed = doomed.reduce((sum, { name }) => sum + contentBytes(volumes.contents.get(name)), 0)
  const gone = doomed.map(({ name, driver }): EngineEvent => ({ type: 'volume.destroy', name, driver }))
  return [...gone, { type: 'volume.prune', reclaimed }]
}
