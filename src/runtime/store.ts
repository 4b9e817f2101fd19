import type { Decider, Stamped } from '../core/decider.ts'
import { env } from '../core/env.ts'
import type { Instant } from '../core/instant.ts'

/** Sees each event right after it was evolved into the state. */
export type Listener<State, Event> = (event: Stamped<Event>, state: State) => void

/** The one mutable cell of a system: commands go in, the state moves on, listeners see the events. */
export class Store<State, Command, Event> {
  state: State
  /** How many events there were. */
  position: number
  readonly #decider: Decider<State, Command, Event>
  readonly #seed: string
  readonly #listeners = new Set<Listener<State, Event>>()

  constructor(decider: Decider<State, Command, Event>, seed: string, state = decider.initial, position = 0) {
    this.#decider = decider
    this.#seed = seed
    this.state = state
    this.position = position
  }

  /** Throws the Problem of a refused command; then nothing has happened. */
  dispatch(command: Command, now: Instant): readonly Stamped<Event>[] {
    const events = this.#decider.decide(this.state, command, env(this.#seed, this.position, now))
    // The spread comes last: V8 makes a hidden class anew for every object to whose clone a property is added.
    return events.map((event) => this.#happen({ at: now, position: this.position++, ...event }))
  }

  #happen(event: Stamped<Event>): Stamped<Event> {
    this.state = this.#decider.evolve(this.state, event)
    for (const listener of [...this.#listeners]) listener(event, this.state)
    return event
  }

  listen(listener: Listener<State, Event>): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get listeners(): number {
    return this.#listeners.size
  }
}
