import type { Stamped } from '../core/decider.ts'
import type { Request } from '../http/input.ts'
import type { Answer } from '../http/reply.ts'
import type { EngineCommand } from './commands.ts'
import type { EngineEffect } from './effects.ts'
import type { EngineEvents } from './events.ts'
import type { EngineState } from './state.ts'

/** What an event sets in motion: the machines do something, a further command follows, or another system is asked. */
export type EngineReaction =
  | EngineEffect
  | { readonly kind: 'command'; readonly command: EngineCommand }
  | {
      readonly kind: 'fetch'
      readonly request: Request
      readonly then: (answer: Answer | undefined) => EngineCommand
    }

/** A domain's reactions: a row for each event it answers to; `state` is the state after the event. */
export type EngineReactions = {
  readonly [K in keyof EngineEvents & string]?: (
    event: Stamped<Readonly<EngineEvents[K]> & { readonly type: K }>,
    state: EngineState,
  ) => readonly EngineReaction[]
}
