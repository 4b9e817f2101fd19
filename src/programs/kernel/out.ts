import type { Duration } from '../../core/instant.ts'
import type { Protocol } from './listener.ts'

/** What leaves a machine, in the order in which it happened. */
export type Out =
  /** One write. `id` is `main` or the exec's; a terminal writes to stream 1 only. */
  | { readonly type: 'output'; readonly id: string; readonly stream: 1 | 2; readonly bytes: Uint8Array }
  /** The first process of the container or of an exec ended. */
  | { readonly type: 'exit'; readonly id: string; readonly code: number }
  /** The memory limit was passed; the biggest process gets SIGKILL. */
  | { readonly type: 'oom' }
  | { readonly type: 'listen' | 'unlisten'; readonly port: number; readonly proto: Protocol; readonly host: string }
  /** Wants a connection to another machine: answer with `connected`, `refused` or `unreachable`. */
  | { readonly type: 'connect'; readonly connection: string; readonly host: string; readonly port: number }
  | { readonly type: 'send'; readonly connection: string; readonly bytes: Uint8Array }
  /** The program will send no more, but still reads. */
  | { readonly type: 'end'; readonly connection: string }
  | { readonly type: 'close'; readonly connection: string }
  /** Wants to know something that stands outside: answer with `answer(query, …)`. */
  | ({ readonly type: 'query'; readonly query: number } & Query)
  /** Something for the journal: a program that is not in the catalog, a program that failed. */
  | { readonly type: 'notice'; readonly text: string }

/** A question to the network. */
export type Query = { readonly ask: 'resolve'; readonly name: string } | { readonly ask: 'ping'; readonly host: string }

export type Answer = {
  /** For `resolve`; empty: no such name. */
  readonly addresses?: readonly string[]
  /** For `ping`; absent: nobody answered. */
  readonly roundTrip?: Duration
}
