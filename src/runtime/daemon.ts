import type { Stamped } from '../core/decider.ts'
import type { Instant } from '../core/instant.ts'
import { Problem } from '../core/problem.ts'
import { nextTimer } from '../core/timers.ts'
import type { Follow, Waits } from '../http/follow.ts'
import type { Request } from '../http/input.ts'
import type { Answer, Upgrade } from '../http/reply.ts'
import type { Asking } from '../http/route.ts'
import type { Clock } from './clock.ts'
import type { Part } from './conductor.ts'
import { Pump } from './pump.ts'
import type { HijackInput } from './served.ts'
import { Store } from './store.ts'
import type { CommandEffect, FetchEffect, System, Timed } from './system.ts'

/** What the shell lends to a daemon. */
export interface Shell<Effect> {
  readonly clock: Clock
  /** Do an effect of the system's own; what it brings about comes in later as commands. */
  perform(effect: Effect): void
  /** Ask whoever answers for the request's origin; `undefined`: nobody does. */
  fetch(request: Request): Answer | undefined
  /** Something comes in from outside: the real clock catches up first. */
  sync(): void
  /** Let everything happen that can happen at this instant, in all systems of the tank. */
  settle(): void
}

/** A system at work: its store, its open long answers, and the effects that wait to be done. */
export class Daemon<S extends Timed<C>, C, E, F> implements Part {
  readonly system: System<S, C, E, F>
  readonly store: Store<S, C, E>
  readonly pumps = new Set<Pump<S, E>>()
  readonly #shell: Shell<F>
  #hangingUp = false
  readonly #effects: (F | FetchEffect<C> | CommandEffect<C>)[] = []

  constructor(system: System<S, C, E, F>, shell: Shell<F>, seed: string, state?: S, position = 0) {
    this.system = system
    this.#shell = shell
    this.store = new Store(system.decider, `${seed}\n${system.name}`, state, position)
    this.store.listen((event, after) => this.#react(event, after))
  }

  #react(event: Stamped<E>, state: S): void {
    this.#effects.push(...this.system.react(event, state))
  }

  dispatch(command: C): readonly Stamped<E>[] {
    return this.store.dispatch(command, this.#shell.clock.now)
  }

  /** For commands that nobody waits for: a refusal means that the world has moved on. */
  tell(command: C): void {
    try {
      this.dispatch(command)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    }
  }

  /** Asks others, one after the other, until nothing is left to ask. */
  ask<Result>(asking: Asking<Result>): Result {
    let step = asking.next()
    while (!step.done) step = asking.next(this.#shell.fetch(step.value))
    return step.value
  }

  /** One effect; false when there is none. */
  work(): boolean {
    const effect = this.#effects.shift()
    if (effect === undefined) return false
    if (isGeneric(effect))
      this.tell(effect.kind === 'command' ? effect.command : effect.then(this.#shell.fetch(effect.request)))
    else this.#shell.perform(effect as F)
    return true
  }

  /** Whether a reader waits for what happens later. */
  get awaited(): Waits {
    let patiently = false
    for (const { waits } of this.pumps) {
      if (waits === true) return true
      patiently ||= waits === 'patiently'
    }
    return patiently && 'patiently'
  }

  /** When something happens by itself, at the earliest. */
  next(awaited = false): Instant | undefined {
    let at = nextTimer(this.store.state.timers)?.at
    for (const { wakeAt, waits } of this.pumps)
      if ((!awaited || waits !== false) && wakeAt !== undefined && (at === undefined || wakeAt < at)) at = wakeAt
    return at
  }

  /** The clock has come to `now`: let the readers know, then fire what is due. */
  wake(now: Instant): void {
    this.tell(this.system.advance(now))
    for (;;) {
      const timer = nextTimer(this.store.state.timers)
      if (!timer || timer.at > now) return
      this.tell(timer.command)
      // A command that was refused leaves its timer behind: it has fired all the same.
      if (this.store.state.timers.byKey.get(timer.key) === timer) this.tell(this.system.advance(now, timer.key))
      this.settle()
    }
  }

  /** `left` is told when the reader goes before the end. */
  pump(follow: Follow<S, E>, left?: C): Pump<S, E> {
    const pump = new Pump(follow, this.store, (ended) => {
      this.pumps.delete(ended)
      if (left !== undefined && !ended.finished && !this.#hangingUp) this.#leave(left)
    })
    if (!pump.ended) this.pumps.add(pump)
    return pump
  }

  #leave(command: C): void {
    this.#shell.sync()
    this.tell(command)
    this.settle()
  }

  input({ input }: Upgrade<S, C, E>, pump: Pump<S, E>): HijackInput {
    let acc = input.seed
    pump.speaks = input.open ?? false
    return {
      write: (bytes) => {
        pump.speaks &&= bytes !== undefined
        this.#shell.sync()
        const step = input.step(acc, bytes)
        acc = step.acc
        for (const command of step.commands ?? []) this.tell(command)
        if (step.done) pump.close()
        this.settle()
      },
    }
  }

  settle(): void {
    this.#shell.settle()
  }

  /** Ends every open answer. */
  hangUp(): void {
    this.#hangingUp = true
    for (const pump of [...this.pumps]) pump.close()
    this.#hangingUp = false
  }
}

function isGeneric<C>(effect: unknown): effect is FetchEffect<C> | CommandEffect<C> {
  const { kind } = effect as { kind?: unknown }
  return kind === 'fetch' || kind === 'command'
}
