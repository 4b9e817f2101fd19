import type { Env } from './env.ts'
import type { Instant } from './instant.ts'

/** A whole system is one of these: commands are decided into events, events evolve the state. All members are pure. */
export interface Decider<State, Command, Event> {
  readonly initial: State
  /** Refuses by throwing a Problem, or returns what happened. */
  decide(state: State, command: Command, env: Env): readonly Event[]
  /** Total: it never throws. */
  evolve(state: State, event: Stamped<Event>): State
}

/** An event as it stands in the journal: when it happened, and how many happened before it. */
export type Stamped<Event> = Event & { readonly at: Instant; readonly position: number }

/** `{ 'container.pause': { id: string } }` → `{ type: 'container.pause', id: string }` | … */
export type Tagged<M> = { [K in keyof M & string]: { readonly type: K } & Readonly<M[K]> }[keyof M & string]

/** One row per event of a domain's own map `M`; foreign events may be listened to as well. */
export type Evolution<Slice, Own, All = Own> = {
  readonly [K in keyof Own & string]: (slice: Slice, event: Stamped<Readonly<Own[K]> & { readonly type: K }>) => Slice
} & {
  readonly [K in Exclude<keyof All & string, keyof Own>]?: (
    slice: Slice,
    event: Stamped<Readonly<All[K]> & { readonly type: K }>,
  ) => Slice
}

/** A verb decides one command. */
export type Verb<State, Command, Event> = (state: State, command: Command, env: Env) => readonly Event[]

/** One verb per command of the map `M`: a command without its verb does not compile. */
export type Verbs<State, M, Event> = {
  readonly [K in keyof M & string]: Verb<State, Readonly<M[K]> & { readonly type: K }, Event>
}
