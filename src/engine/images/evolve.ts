import type { Evolution } from '../../core/decider.ts'
import type { EngineEvents } from '../events.ts'
import type { ImageEvents } from './events.ts'
import type { Images } from './image.ts'

export const imagesEvolution: Evolution<Images, ImageEvents, EngineEvents> = {
  'image.add': (slice, { image }) => ({ ...slice, byId: slice.byId.set(image.id, image) }),
  'image.tag': (slice, { id, reference }) => ({ ...slice, references: slice.references.set(reference, id) }),
}
