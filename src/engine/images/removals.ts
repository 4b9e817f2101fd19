import type { EngineEvent } from '../events.ts'
import type { Removal } from './delete-image.ts'
import { familiar, parseCanonical } from './reference.ts'

/** The lines of the answer to a delete, as its events tell them. */
export function removalsOf(events: readonly EngineEvent[]): Removal[] {
  return events.flatMap((event): Removal[] => {
    if (event.type === 'image.untag') return [{ untagged: familiar(parseCanonical(event.reference)) }]
    if (event.type === 'image.delete') return [event.id, ...event.chains].map((id) => ({ deleted: id }))
    return []
  })
}
