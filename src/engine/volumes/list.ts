import { type Filters, filterExact, filterFlag, filterLabels, filterMatch } from '../../http/filters.ts'
import { usersOf, type Volume, type Volumes } from './volume.ts'

export const LIST_FILTERS: ReadonlySet<string> = new Set(['dangling', 'driver', 'label', 'name'])

/** By name. moby: VolumesService.List */
export function list(volumes: Volumes, filters: Filters): readonly Volume[] {
  const dangling = filters.get('dangling')?.length ? filterFlag(filters, 'dangling', false) : undefined
  return volumes.byName
    .values()
    .filter(
      (volume) =>
        filterMatch(filters, 'name', volume.name) &&
        filterExact(filters, 'driver', volume.driver) &&
        filterLabels(filters, volume.labels) &&
        (dangling === undefined || (usersOf(volumes, volume.name).length === 0) === dangling),
    )
}
