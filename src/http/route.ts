import type { Problem } from '../core/problem.ts'
import type { Input, Request } from './input.ts'
import type { Answer, Reply } from './reply.ts'

/** What a reply may look at: the state after the command, the command's own events, the request. */
export interface Context<State, Event> {
  readonly state: State
  readonly events: readonly Event[]
  readonly input: Input
}

/** What is asked of others, as a generator of requests. */
export type Asking<Result = unknown> = Generator<Request, Result, Answer | undefined>

/**
 * An endpoint as a row. `command` makes the request into a command (or refuses it); a query has none, or gives none. `operationId` is
 * the name in the official description, so that the table of what is built can be generated.
 *
 * @example { method: 'POST', path: '/containers/:name/pause', operationId: 'ContainerPause', command: byName('ContainerPause'), reply: () => noContent }
 */
export interface Route<State, Command, Event> {
  readonly method: string
  /** `:name` takes one segment (percent-decoded), `*name` the rest of the path up to the next literal. */
  readonly path: string
  readonly operationId: string
  /**
   * Whom to ask before anything is decided: requests are yielded, each gives its answer (`undefined`: nobody is there), and
   * the result stands in `input.asked`. A registry asks its Index about a token.
   */
  readonly ask?: (input: Input, state: State) => Asking
  readonly command?: (input: Input, state: State) => Command | undefined
  readonly reply: (context: Context<State, Event>) => Reply<State, Command, Event>
  /** Where a refusal is not worded as everywhere else: attach writes it on the connection. */
  readonly refuse?: (problem: Problem, version: string) => Answer
}
