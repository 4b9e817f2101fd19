import { filterFlag, parseFilters } from '../../http/filters.ts'
import type { Input } from '../../http/input.ts'
import { queryFlag } from '../../http/query.ts'
import { json, noContent } from '../../http/reply.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { find } from './find.ts'
import { LIST_FILTERS, list } from './list.ts'
import { PRUNE_FILTERS } from './prune.ts'
import { volume } from './wire/volume.ts'
import { volumeRequestOf } from './wire/volume-request.ts'

/** Before volumes without a name were told apart, all were meant. */
function pruneOf({ query, version }: Input) {
  const filters = parseFilters(query.get('filters'), PRUNE_FILTERS)
  return { filters, all: filterFlag(filters, 'all', false) || !supports(version, 'anonymousVolumes') }
}

export const volumeRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/volumes',
    operationId: 'VolumeList',
    reply: ({ state, input }) => {
      const found = list(state.volumes, parseFilters(input.query.get('filters'), LIST_FILTERS))
      return json({ Volumes: found.map(volume), Warnings: null })
    },
  },
  {
    method: 'POST',
    path: '/volumes/create',
    operationId: 'VolumeCreate',
    command: (input) => ({ type: 'VolumeCreate', ...volumeRequestOf(input) }),
    reply: ({ state, events, input }) => {
      const created = events.find((event) => event.type === 'volume.create')
      return json(volume(created?.volume ?? find(state.volumes, volumeRequestOf(input).name)), 201)
    },
  },
  {
    method: 'POST',
    path: '/volumes/prune',
    operationId: 'VolumePrune',
    command: (input) => ({ type: 'VolumePrune', ...pruneOf(input) }),
    reply: ({ events }) => {
      const names = events.flatMap((event) => (event.type === 'volume.destroy' ? [event.name] : []))
      const pruned = events.find((event) => event.type === 'volume.prune')
      return json({ VolumesDeleted: names, SpaceReclaimed: pruned?.reclaimed ?? 0 })
    },
  },
  {
    method: 'GET',
    path: '/volumes/:name',
    operationId: 'VolumeInspect',
    reply: ({ state, input }) => json(volume(find(state.volumes, input.params.name!))),
  },
  {
    method: 'PUT',
    path: '/volumes/:name',
    operationId: 'VolumeUpdate',
    command: ({ params }) => ({ type: 'VolumeUpdate', name: params.name! }),
    reply: () => noContent,
  },
  {
    method: 'DELETE',
    path: '/volumes/:name',
    operationId: 'VolumeDelete',
    command: ({ params, query }) => ({ type: 'VolumeDelete', name: params.name!, force: queryFlag(query, 'force') }),
    reply: () => noContent,
  },
]
