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

// biome-ignore lint/suspicious/noExplicitAny: the command of a verb is inferred from its second parameter
export type Verb<State, Event> = (state: State, command: any, env: Env) => readonly Event[]
export type Verbs<State, Event> = Readonly<Record<string, Verb<State, Event>>>
/** `{ ContainerPause: pause }` → `{ type: 'ContainerPause' } & Parameters<typeof pause>[1]` | … */
export type CommandOf<V extends Readonly<Record<string, (...args: never[]) => unknown>>> = {
  [K in keyof V & string]: { readonly type: K } & Parameters<V[K]>[1]
}[keyof V & string]
