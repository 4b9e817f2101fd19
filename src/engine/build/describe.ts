import type { Descriptions } from '../events/description.ts'

/** What `GET /events` tells of the builder. */
export const buildDescriptions: Descriptions = {
  'builder.prune': ({ reclaimed }) => ({
    type: 'builder',
    action: 'prune',
    id: '',
    attributes: { reclaimed: String(reclaimed) },
  }),
}
