import type { EngineEvolution } from '../verb.ts'
import type { ImageEvents } from './events.ts'
import type { Image, Images } from './image.ts'
import type { Layer } from './layer.ts'

export const imagesEvolution: EngineEvolution<Images, ImageEvents> = {
  'image.add': (slice, { image, layers }) => ({
    ...slice,
    byId: slice.byId.set(image.id, remembering(image, slice.byId.get(image.id))),
    layers: layers.reduce(keeping, slice.layers),
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

/** A layer that is here already stays, with what is known of it. */
const keeping = (table: Images['layers'], layer: Layer) =>
  table.has(layer.diffId) ? table : table.set(layer.diffId, layer)

/** An image that comes again keeps what this daemon knows of how it came about. */
function remembering(image: Image, known: Image | undefined): Image {
  if (!known) return image
  const stepKey = image.stepKey ?? known.stepKey
  return { ...image, parent: image.parent || known.parent, ...(stepKey === undefined ? {} : { stepKey }) }
}
