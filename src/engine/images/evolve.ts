import type { Evolution } from '../../core/decider.ts'
import type { EngineEvents } from '../events.ts'
import type { ImageEvents } from './events.ts'
import type { Images } from './image.ts'

export const imagesEvolution: Evolution<Images, ImageEvents, EngineEvents> = {
  'image.add': (slice, { image, layers }) => ({
    ...slice,
    byId: slice.byId.set(image.id, image),
    layers: layers.reduce((table, layer) => table.set(layer.diffId, layer), slice.layers),
  }),
  'image.tag': (slice, { id, reference }) => ({ ...slice, references: slice.references.set(reference, id) }),
}
