import type { Evolution, Verb, Verbs } from '../core/decider.ts'
import type { Route } from '../http/route.ts'
import type { EngineCommand } from './commands.ts'
import type { EngineEvent, EngineEvents } from './events.ts'
import type { EngineState } from './state.ts'

/** A row of a domain's routes.ts. */
export type EngineRoute = Route<EngineState, EngineCommand, EngineEvent>

/** `(state, command, env) → events`, or a thrown Problem. */
export type EngineVerb<Command> = Verb<EngineState, Command, EngineEvent>

/** The verbs of a domain, one for each of its commands. */
export type EngineVerbs<Commands> = Verbs<EngineState, Commands, EngineEvent>

/** The rows of a slice, one for each event of its domain, more if it listens to others. */
export type EngineEvolution<Slice, Own> = Evolution<Slice, Own, EngineEvents>
