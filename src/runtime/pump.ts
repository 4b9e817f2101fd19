import type { Stamped } from '../core/decider.ts'
import type { Instant } from '../core/instant.ts'
import type { Follow, Step, Waits } from '../http/follow.ts'
import type { Answer, Head } from '../http/reply.ts'
import type { Store } from './store.ts'

/** Where a long response goes. Calls come in order; nothing comes after `end`. */
export interface Sink {
  /** The head and body of a `later` reply. */
  answer?(answer: Answer): void
  /** The head of one that is a stream: what it brings is kept until a sink is opened for it. */
  head?(head: Head): void
  chunk(bytes: Uint8Array): void
  end(): void
}

/** The one impure pump of every fold: it listens from the moment of the request and keeps what comes until a sink opens. */
export class Pump<State, Event> {
  /** The reader does not keep up: nobody waits for more until it has. */
  held = false
  /** The reader may still speak, so time does not pass at once for it. */
  speaks = false
  wakeAt: Instant | undefined
  ended = false
  /** The fold itself came to its end: nobody left before. */
  finished = false
  answer: Answer | undefined
  head: Head | undefined
  #acc: unknown
  #waits: Waits
  #sink: Sink | undefined
  #kept: Uint8Array[] = []
  readonly #follow: Follow<State, Event>
  readonly #stop: () => void
  readonly #onEnd: (pump: Pump<State, Event>) => void

  constructor(
    follow: Follow<State, Event>,
    // biome-ignore lint/suspicious/noExplicitAny: a pump never makes commands
    store: Store<State, any, Event>,
    onEnd: (pump: Pump<State, Event>) => void,
  ) {
    this.#follow = follow
    this.#waits = follow.waits
    this.#onEnd = onEnd
    this.#stop = store.listen((event, state) => this.#step(event, state))
    this.#take(follow.seed)
  }

  get waits(): Waits {
    return !this.held && (this.#waits === true && this.speaks ? 'patiently' : this.#waits)
  }

  #step(event: Stamped<Event>, state: State): void {
    if (!this.ended) this.#take(this.#follow.step(this.#acc, event, state))
  }

  #take(step: Step<unknown>): void {
    this.#acc = step.acc
    this.wakeAt = step.wakeAt
    this.#waits = step.waits ?? this.#waits
    if (step.head) this.#begin(step.head)
    for (const chunk of step.chunks ?? []) this.#send(chunk)
    if (step.answer) {
      this.answer = step.answer
      this.#sink?.answer?.(step.answer)
    }
    if (!step.answer && !step.done) return
    this.finished = true
    this.close()
  }

  #begin(head: Head): void {
    this.head = head
    const sink = this.#sink
    this.#sink = undefined
    sink?.head?.(head)
  }

  #send(chunk: Uint8Array): void {
    if (this.#sink) this.#sink.chunk(chunk)
    else this.#kept.push(chunk)
  }

  open(sink: Sink): void {
    this.#sink = sink
    if (this.answer) sink.answer?.(this.answer)
    for (const chunk of this.#kept) sink.chunk(chunk)
    this.#kept = []
    if (this.ended) sink.end()
  }

  /** The end of the stream, or the reader left. */
  close(): void {
    if (this.ended) return
    this.ended = true
    this.#stop()
    this.#onEnd(this)
    this.#sink?.end()
  }
}
