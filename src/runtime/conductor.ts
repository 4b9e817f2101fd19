import { type Duration, type Instant, MILLISECOND } from '../core/instant.ts'
import type { Waits } from '../http/follow.ts'
import { type Clock, wallClock } from './clock.ts'

/** Something that has work at this instant and timers for later: a daemon, or the process machines. */
export interface Part {
  /** Does one piece of work; false when there is none at this instant. */
  work(): boolean
  /** When something happens by itself; with `awaited`, without what only concerns those who look on. */
  next(awaited?: boolean): Instant | undefined
  wake(now: Instant): void
  /** Whether somebody waits for what this part will do later. */
  readonly awaited: Waits
}

/** Files that others than the tank write to. */
export interface Outside {
  /** Takes over what they have written. */
  sync(): void
  /** Hands over what the tank has. */
  push(): void
}

/** How many jumps of the auto clock go by in a row before it slows down: an endless loop shall not eat the host. */
const FREE_JUMPS = 2_000
const SLOWEST_JUMP_MS = 50
/** Real time without a request after which patient readers are taken seriously. */
const PATIENCE: Duration = 200 * MILLISECOND

/** Moves the clock and the parts of one tank. */
export class Conductor {
  readonly clock: Clock
  readonly #parts: readonly Part[]
  readonly #outside: () => Outside | undefined
  #settling = false
  #scheduled = false
  #jumps = 0
  /** Wall time of the last request. */
  #asked: Instant = 0
  #stopped = false
  #alarm: { readonly at: Instant; readonly timer: ReturnType<typeof setTimeout> } | undefined

  constructor(clock: Clock, parts: readonly Part[], outside: () => Outside | undefined) {
    this.#outside = outside
    this.clock = clock
    this.#parts = parts
  }

  /** Everything that can happen at this instant happens. */
  settle(): void {
    if (this.#settling) return
    this.#settling = true
    try {
      while (this.#parts.some((part) => part.work()));
      this.#outside()?.push()
    } finally {
      this.#settling = false
    }
  }

  next(awaited = false): Instant | undefined {
    let at: Instant | undefined
    for (const part of this.#parts) {
      const own = part.next(awaited)
      if (own !== undefined && (at === undefined || own < at)) at = own
    }
    return at
  }

  /** From timer to timer up to `until`. */
  advanceTo(until: Instant): void {
    this.#outside()?.sync()
    this.settle()
    for (;;) {
      const at = this.next()
      if (at === undefined || at > until) break
      this.#wake(Math.max(at, this.clock.now))
    }
    if (until > this.clock.now) this.#wake(until)
  }

  #wake(now: Instant): void {
    this.clock.now = now
    this.#outside()?.sync()
    for (const part of this.#parts) part.wake(now)
    this.settle()
  }

  /** A request comes in: the real clock catches up first. */
  sync(): void {
    this.#jumps = 0
    this.#asked = wallClock()
    this.#outside()?.sync()
    if (this.clock.mode === 'real') this.advanceTo(wallClock())
  }

  /** A request went out: see to it that what is due later happens. */
  kick(): void {
    if (this.#stopped) return
    if (this.clock.mode === 'auto') this.#kickAuto()
    else if (this.clock.mode === 'real') this.#kickReal()
  }

  #kickAuto(): void {
    if (this.#scheduled || this.#awaited() === false || this.next(true) === undefined) return
    this.#scheduled = true
    const jump = () => {
      this.#scheduled = false
      const at = this.next(true)
      if (this.#stopped || at === undefined) return
      if (this.#awaited() === false || this.#patience() > 0) return this.kick()
      this.#jumps++
      this.advanceTo(at)
      this.kick()
    }
    const slow = Math.min(SLOWEST_JUMP_MS, Math.floor(this.#jumps / FREE_JUMPS))
    const delay = Math.max(slow, this.#patience())
    if (delay > 0) setTimeout(jump, delay)
    else soon(jump)
  }

  #awaited(): Waits {
    const all = this.#parts.map((part) => part.awaited)
    return all.includes(true) || (all.includes('patiently') && 'patiently')
  }

  /** How many milliseconds the patient readers still have to wait. */
  #patience(): number {
    if (this.#awaited() !== 'patiently') return 0
    return Math.max(0, Math.ceil((this.#asked + PATIENCE - wallClock()) / MILLISECOND))
  }

  #kickReal(): void {
    const at = this.next()
    if (at === undefined || at === this.#alarm?.at) return
    clearTimeout(this.#alarm?.timer)
    const delay = Math.max(0, Math.min(2 ** 31 - 1, Math.ceil((at - wallClock()) / 1000)))
    const timer = setTimeout(() => {
      this.#alarm = undefined
      if (this.#stopped) return
      this.advanceTo(wallClock())
      this.kick()
    }, delay)
    this.#alarm = { at, timer }
    if (typeof timer === 'object') timer.unref?.()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#alarm?.timer)
  }
}

/** After the I/O that waits: setImmediate where there is one. */
function soon(run: () => void): void {
  if (typeof setImmediate === 'function') {
    setImmediate(run)
    return
  }
  const channel = new MessageChannel()
  channel.port1.onmessage = () => {
    channel.port1.close()
    run()
  }
  channel.port2.postMessage(undefined)
}
