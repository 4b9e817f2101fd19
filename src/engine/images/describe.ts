import type { Descriptions } from '../events/description.ts'
import type { EngineState } from '../state.ts'
import { familiar, parseCanonical } from './reference.ts'

const labels = ({ images }: EngineState, id: string) => images.byId.get(id)?.config.labels ?? {}

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
  'image.delete': ({ id }) => ({ type: 'image', action: 'delete', id, attributes: { name: id } }),
  'image.prune': ({ reclaimed }) => ({
    type: 'image',
    action: 'prune',
    id: '',
    attributes: { reclaimed: String(reclaimed) },
  }),
}
