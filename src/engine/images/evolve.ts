import type { EngineEvolution } from '../verb.ts'
import type { ImageEvents } from './events.ts'
import type { Image, Images } from './image.ts'

export const imagesEvolution: EngineEvolution<Images, ImageEvents> = {
  'image.add': (slice, { image, layers }) => ({
    ...slice,
    byId: slice.byId.set(image.id, remembering(image, slice.byId.get(image.id))),
    layers: layers.reduce((table, layer) => table.set(layer.diffId, layer), slice.layers),
  }),
  'image.tag': (slice, { id, reference, at }) => ({
    ...slice,
    references: slice.references.set(reference, id),
    tagged: slice.tagged.set(id, at),
  }),
  'image.refer': (slice, { id, reference }) => ({ ...slice, references: slice.references.set(reference, id) }),
  'image.untag': (slice, { reference }) => ({ ...slice, references: slice.references.delete(reference) }),
  'image.delete': (slice, { id, freed }) => ({
    ...slice,
    byId: slice.byId.delete(id),
    tagged: slice.tagged.delete(id),
    layers: freed.reduce((table, diffId) => table.delete(diffId), slice.layers),
  }),
  // Only told of: what they did stands in the events before them.
  'image.layer': (slice) => slice,
  'image.displace': (slice) => slice,
  'image.load': (slice) => slice,
  'image.import': (slice) => slice,
  'image.create': (slice) => slice,
  'image.save': (slice) => slice,
  'image.prune': (slice) => slice,
  'container.commit': (slice) => slice,
}

/** An image that comes again keeps what this daemon knows of how it came about. */
function remembering(image: Image, known: Image | undefined): Image {
  if (!known) return image
  const stepKey = image.stepKey ?? known.stepKey
  return { ...image, parent: image.parent || known.parent, ...(stepKey === undefined ? {} : { stepKey }) }
}
