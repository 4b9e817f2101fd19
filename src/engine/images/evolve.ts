import type { EngineEvolution } from '../verb.ts'
import type { ImageEvents } from './events.ts'
import type { Images } from './image.ts'

export const imagesEvolution: EngineEvolution<Images, ImageEvents> = {
  'image.add': (slice, { image, layers }) => ({
    ...slice,
    byId: slice.byId.set(image.id, image),
    layers: layers.reduce((table, layer) => table.set(layer.diffId, layer), slice.layers),
  }),
  'image.tag': (slice, { id, reference }) => ({ ...slice, references: slice.references.set(reference, id) }),
  'image.untag': (slice, { reference }) => ({ ...slice, references: slice.references.delete(reference) }),
  'image.delete': (slice, { id, freed }) => ({
    ...slice,
    byId: slice.byId.delete(id),
    layers: freed.reduce((table, diffId) => table.delete(diffId), slice.layers),
  }),
  'image.prune': (slice) => slice,
}
