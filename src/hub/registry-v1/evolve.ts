import type { Table } from '../../core/table.ts'
import { keyOf, type Where } from '../registry/registry.ts'
import type { HubEvolution } from '../verb.ts'
import type { RegistryV1Events } from './events.ts'
import { type ImageV1, imageKey, type RegistryV1 } from './image.ts'

export const registryV1Evolution: HubEvolution<RegistryV1, RegistryV1Events> = {
  'imagev1.json': (slice, event) => kept(slice, event, event.image),
  'imagev1.copy': (slice, event) => kept(slice, event, event.image),
  'imagev1.layer': (slice, event) => change(slice, event, event.id, (image) => ({ ...image, layer: event.layer })),
  'imagev1.complete': (slice, event) => change(slice, event, event.id, (image) => ({ ...image, complete: true })),
  'imagev1.tag': (slice, event) => ({
    ...slice,
    infos: slice.infos.set(keyOf(event, event.tag), event.info),
    sources: event.source === undefined ? slice.sources : slice.sources.set(keyOf(event, event.digest), event.source),
  }),
  'tag.delete': (slice, event) => ({ ...slice, infos: slice.infos.delete(keyOf(event, event.tag)) }),
  // Images stay: nothing of v1 deletes them.
  'repository.delete': (slice, event) => ({
    ...slice,
    infos: without(slice.infos, keyOf(event)),
    sources: without(slice.sources, keyOf(event)),
  }),
}

const kept = (slice: RegistryV1, where: Where, image: ImageV1): RegistryV1 => ({
  ...slice,
  images: slice.images.set(imageKey(where, image.id), image),
})

function change(slice: RegistryV1, where: Where, id: string, how: (image: ImageV1) => ImageV1): RegistryV1 {
  const image = slice.images.get(imageKey(where, id))
  return image ? kept(slice, where, how(image)) : slice
}

const without = <Value>(table: Table<Value>, prefix: string): Table<Value> =>
  table
    .entries()
    .filter(([key]) => key.startsWith(prefix))
    .reduce((rest, [key]) => rest.delete(key), table)
