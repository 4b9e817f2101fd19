import type { Decider, Stamped } from '../core/decider.ts'
import type { Instant } from '../core/instant.ts'
import type { Problem } from '../core/problem.ts'
import type { Timers } from '../core/timers.ts'
import type { Input, Request } from '../http/input.ts'
import type { Answer, HeaderPairs } from '../http/reply.ts'
import type { Route } from '../http/route.ts'
import type { Router } from '../http/router.ts'

/** What every system's state has: its own time and its timers. */
export interface Timed<Command> {
  readonly now: Instant
  readonly timers: Timers<Command>
}

/** Ask another system of the tank (or nobody: `undefined` when no such host is emulated), then go on with its answer. */
export interface FetchEffect<Command> {
  readonly kind: 'fetch'
  readonly request: Request
  readonly then: (answer: Answer | undefined) => Command
}

/** Go on with a command of this very system, after the present one. */
export interface CommandEffect<Command> {
  readonly kind: 'command'
  readonly command: Command
}

/** A daemon: its decider, its routes, and the way it speaks on the wire. Engine and hub are the two there are. */
export interface System<State extends Timed<Command>, Command, Event, Effect> {
  readonly name: string
  readonly decider: Decider<State, Command, Event>
  readonly router: Router<Route<State, Command, Event>>
  /** What the shell must do because of an event. */
  react(event: Stamped<Event>, state: State): readonly (Effect | FetchEffect<Command> | CommandEffect<Command>)[]
  /** `{ type: 'ClockAdvance' }`: the time has come to `now`, and the timer `fired` is done with. */
  advance(now: Instant, fired?: string): Command
  readonly surface: Surface<State>
}

export interface Surface<State> {
  /** The version of a path without one. */
  readonly version: string
  /** Refuses what no route should see: a version that is too old or too new. */
  admit(input: Input, state: State): void
  /** Headers of every routed answer. */
  headers(state: State): HeaderPairs
  /** The body's shape in the version asked for. */
  shape(answer: Answer, operationId: string, input: Input): Answer
  /** A refusal as this system words it on the wire. */
  refuse(problem: Problem, version: string): Answer
  /** No route. */
  lost(request: Request): Answer
}
