import type { Evolution, Verb, Verbs } from '../core/decider.ts'
import type { Route } from '../http/route.ts'
import type { HubCommand } from './commands.ts'
import type { HubEvent, HubEvents } from './events.ts'
import type { HubState } from './state.ts'

/** A row of a domain's routes.ts. */
export type HubRoute = Route<HubState, HubCommand, HubEvent>

/** `(state, command, env) → events`, or a thrown Problem. */
export type HubVerb<Command> = Verb<HubState, Command, HubEvent>

/** The verbs of a domain, one for each of its commands. */
export type HubVerbs<Commands> = Verbs<HubState, Commands, HubEvent>

/** The rows of a slice, one for each event of its domain, more if it listens to others. */
export type HubEvolution<Slice, Own> = Evolution<Slice, Own, HubEvents>
