import type { Stamped } from '../core/decider.ts'
import { evolveSlices } from '../core/evolve.ts'
import { buildsEvolution } from './build/evolve.ts'
import { containersEvolution } from './containers/evolve.ts'
import { distributionEvolution } from './distribution/evolve.ts'
import { describe } from './events/describe.ts'
import { addMessage } from './events/event-log.ts'
import type { EngineEvent } from './events.ts'
import { execsEvolution } from './exec/evolve.ts'
import { imagesEvolution } from './images/evolve.ts'
import { networksEvolution } from './networks/evolve.ts'
import type { EngineState } from './state.ts'
import { timersEvolution } from './timers-evolve.ts'
import { volumesEvolution } from './volumes/evolve.ts'

const slices = evolveSlices<EngineState, EngineEvent>({
  builds: buildsEvolution,
  containers: containersEvolution,
  distribution: distributionEvolution,
  execs: execsEvolution,
  images: imagesEvolution,
  networks: networksEvolution,
  timers: timersEvolution,
  volumes: volumesEvolution,
})

/** Total: each slice listens to what concerns it, and what Docker tells of stands in the event log. */
export function evolve(state: EngineState, event: Stamped<EngineEvent>): EngineState {
  const next: { -readonly [K in keyof EngineState]: EngineState[K] } = { ...slices(state, event) }
  next.now = event.at
  const message = describe(event, state, next)
  // Nobody has seen `next` yet.
  if (message) next.events = addMessage(next.events, message)
  return next
}
