import type { Descriptions } from '../events/description.ts'
import { lookup } from '../images/find.ts'
import type { EngineState } from '../state.ts'

const told = (action: string, { reference, name }: { reference: string; name: string }, after: EngineState) => ({
  type: 'image' as const,
  action,
  id: reference,
  attributes: { ...lookup(after.images, reference)?.config.labels, name },
})

/** What `GET /events` tells: the id is the reference as it was asked for. */
export const distributionDescriptions: Descriptions = {
  'image.pull': (event, _, after) => told('pull', event, after),
  'image.push': (event, _, after) => told('push', event, after),
}
