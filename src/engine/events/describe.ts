import type { Stamped } from '../../core/decider.ts'
import { buildDescriptions } from '../build/describe.ts'
import { containerDescriptions } from '../containers/describe.ts'
import { distributionDescriptions } from '../distribution/describe.ts'
import type { EngineEvent } from '../events.ts'
import { execDescriptions } from '../exec/describe.ts'
import { imageDescriptions } from '../images/describe.ts'
import { networkDescriptions } from '../networks/describe.ts'
import type { EngineState } from '../state.ts'
import { volumeDescriptions } from '../volumes/describe.ts'
import type { Description, Descriptions } from './description.ts'
import type { Message } from './event-log.ts'

type Row = (event: Stamped<EngineEvent>, before: EngineState, after: EngineState) => Description | undefined

const rows: Descriptions = {
  ...buildDescriptions,
  ...containerDescriptions,
  ...distributionDescriptions,
  ...execDescriptions,
  ...imageDescriptions,
  ...networkDescriptions,
  ...volumeDescriptions,
}

/** The line of `GET /events` that an event gives, if any; `before` still knows what a destroy takes away. */
export function describe(event: Stamped<EngineEvent>, before: EngineState, after: EngineState): Message | undefined {
  const description = (rows[event.type] as Row | undefined)?.(event, before, after)
  return description && { at: event.at, position: event.position, ...description }
}
