import type { Stamped } from '../core/decider.ts'
import { buildReactions } from './build/react.ts'
import { containerReactions } from './containers/react.ts'
import { streamReactions } from './containers/stream-react.ts'
import { distributionReactions } from './distribution/react.ts'
import type { EngineEvent } from './events.ts'
import { execReactions } from './exec/react.ts'
import { networkReactions } from './networks/react.ts'
import type { EngineReaction, EngineReactions } from './reaction.ts'
import type { EngineState } from './state.ts'
import { volumeReactions } from './volumes/react.ts'

/** In the order in which they are asked. */
const domains: readonly EngineReactions[] = [
  containerReactions,
  buildReactions,
  distributionReactions,
  streamReactions,
  execReactions,
  networkReactions,
  volumeReactions,
]

type Row = (event: Stamped<EngineEvent>, state: EngineState) => readonly EngineReaction[]

/** What must be done because of an event: by the process machines, by this daemon, or by another system. */
export function react(event: Stamped<EngineEvent>, state: EngineState): readonly EngineReaction[] {
  return domains.flatMap((domain) => (domain[event.type] as Row | undefined)?.(event, state) ?? [])
}
