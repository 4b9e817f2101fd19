import type { Stamped } from '../core/decider.ts'
import type { Instant } from '../core/instant.ts'
import type { Answer, Head } from './reply.ts'

/** What one event adds to a long response. */
export interface Step<Acc> {
  readonly acc: Acc
  /** Bytes to send now, in order. */
  readonly chunks?: readonly Uint8Array[]
  /** The head (and body) of a `later` reply: given once, and it ends the fold. */
  readonly answer?: Answer
  /** The head of a `later` reply that is a stream from now on: given once, before all chunks. */
  readonly head?: Head
  /** The stream ends after these chunks. */
  readonly done?: boolean
  /** Ask for a `clock.advance` event at this instant even if nothing else happens. */
  readonly wakeAt?: Instant
  /** From now on in place of the follow's own `waits`. */
  readonly waits?: Waits
}

/** A long response as data: a fold over the events after the command. wait, logs -f, attach, /events, stats, pull, build. */
// biome-ignore lint/suspicious/noExplicitAny: the accumulator is private to each follow
export interface Follow<State, Event, Acc = any> {
  /** The first step, before any event: what can be sent at once. */
  readonly seed: Step<Acc>
  step(acc: Acc, event: Stamped<Event>, state: State): Step<Acc>
  /** Whether the auto clock may jump ahead for this reader's sake. /events and stats look on; wait and logs -f wait. */
  readonly waits: Waits
}

/**
 * `true`: for this reader's sake time may pass at once. `'patiently'`: only after a while in which no request came;
 * `docker run -d` opens a wait for the exit, and leaves it as soon as the container runs. `false`: it only looks on.
 */
export type Waits = boolean | 'patiently'
