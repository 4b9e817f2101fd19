import { type Description, type Descriptions, ofContainer } from '../events/description.ts'
import type { EngineState } from '../state.ts'
import { familiar, parseCanonical } from './reference.ts'

const labels = ({ images }: EngineState, id: string) => images.byId.get(id)?.config.labels ?? {}

const named = (state: EngineState, id: string, action: string): Description => ({
  type: 'image',
  action,
  id,
  attributes: { ...labels(state, id), name: id },
})

/** What `GET /events` tells of images. moby: daemon/images/image_events.go */
export const imageDescriptions: Descriptions = {
  'image.tag': ({ id, reference }, _, after) => ({
    type: 'image',
    action: 'tag',
    id,
    attributes: { ...labels(after, id), name: familiar(parseCanonical(reference)) },
  }),
  'image.untag': ({ id }, before) => ({
    type: 'image',
    action: 'untag',
    id,
    attributes: { ...labels(before, id), name: id },
  }),
  'image.load': ({ id }, _, after) => named(after, id, 'load'),
  'image.import': ({ id }, _, after) => named(after, id, 'import'),
  'image.create': ({ id }, _, after) => named(after, id, 'create'),
  'image.save': ({ id }, _, after) => named(after, id, 'save'),
  'container.commit': ({ id, comment, image, reference }, _, after) =>
    ofContainer(after.containers.byId.get(id), 'commit', {
      comment,
      imageID: image,
      imageRef: reference && familiar(parseCanonical(reference)),
    }),
  'image.delete': ({ id }) => ({ type: 'image', action: 'delete', id, attributes: { name: id } }),
  'image.prune': ({ reclaimed }) => ({
    type: 'image',
    action: 'prune',
    id: '',
    attributes: { reclaimed: String(reclaimed) },
  }),
}
