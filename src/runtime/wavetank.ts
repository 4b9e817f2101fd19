import { type Instant, MILLISECOND, SECOND } from '../core/instant.ts'
import { type EngineCommand, type EngineEffect, type EngineEvent, type EngineState, engine } from '../engine/index.ts'
import type { Request as PlainRequest } from '../http/input.ts'
import type { Catalog } from '../programs/catalog.ts'
import { defaultCatalog } from '../programs/default-catalog.ts'
import { Clock, type ClockMode, wallClock } from './clock.ts'
import { Conductor } from './conductor.ts'
import { Daemon, type Shell } from './daemon.ts'
import { type Journal, journal } from './journal.ts'
import { type MachineHost, Machines, type MachinesState } from './machines.ts'
import { respond } from './respond.ts'
import { type Origin, origin } from './seed.ts'
import { serve } from './serve.ts'
import type { Served } from './served.ts'
import type { Connection, PortChange, Receiver } from './switch.ts'

export interface WavetankOptions extends Origin {
  /** Everything that is dealt by chance comes from it: ids, names, ports, addresses. Default `wavetank`. */
  readonly seed?: string | number
  /** Default `auto`. */
  readonly clock?: ClockMode
  /** The first instant, in microseconds since the epoch. Default 2025-01-01T00:00:00Z; with the real clock, now. */
  readonly now?: Instant
  /** Keep the whole journal, not only its end. */
  readonly record?: boolean
  /** The programs of the world; default: those of busybox, and the look-alikes of well-known services. */
  readonly catalog?: Catalog
}

/** Below all doors: plain data in, plain data out, at once. */
export interface Door {
  serve(request: PlainRequest): Served
  /** After an answer was handed over: what is due later shall happen. */
  kick(): void
}

/** A whole Docker Engine and a whole Docker Hub in memory. */
export interface Wavetank extends Door {
  /** The public door: a native Request in, a native Response out. */
  fetch(request: Request): Promise<Response>
  readonly clock: {
    readonly mode: ClockMode
    readonly now: Instant
    /** Let virtual time pass, in milliseconds; everything that is due happens in order. */
    advance(milliseconds: number): void
  }
  readonly engine: Daemon<EngineState, EngineCommand, EngineEvent, EngineEffect>
  readonly journal: Journal
  /** An independent tank that goes on from here; both share what neither has changed. */
  fork(): Wavetank
  /** The tank as it is now, as a reference. */
  snapshot(): Snapshot
  /** Back to a snapshot: open streams end. */
  restore(snapshot: Snapshot): void
  /** Back to the beginning: open streams end. */
  reset(): void
  /** Published ports of running containers: those open now, then each change. Gives the end of the watch. */
  watchPorts(watcher: (change: PortChange) => void): () => void
  /** Speaks to what listens on a port of a container, as from outside. `undefined`: it does not run. */
  connect(container: string, port: number, receiver: Receiver): Connection | undefined
  /** Ends open streams and timers. */
  close(): void
}

/** A tank at one instant: persistent data, never written to. */
export interface Snapshot {
  readonly now: Instant
  readonly engine: EngineState
  readonly position: number
  /** Running programs; absent at the beginning of a world. */
  readonly machines?: MachinesState
}

const START: Instant = 1_735_689_600 * SECOND

/**
 * Makes a tank.
 *
 * @example
 * const tank = createWavetank({ seed: 7 })
 * const response = await tank.fetch(new Request('http://docker/v1.51/containers/json'))
 */
export function createWavetank(options: WavetankOptions = {}): Wavetank {
  const mode = options.clock ?? 'auto'
  const now = options.now ?? (mode === 'real' ? wallClock() : START)
  return new Tank(options, { now, engine: origin(options, String(options.seed ?? 'wavetank'), now), position: 0 })
}

class Tank implements Wavetank {
  readonly #options: WavetankOptions
  readonly #first: Snapshot
  #clock!: Clock
  #engine!: Daemon<EngineState, EngineCommand, EngineEvent, EngineEffect>
  #conductor!: Conductor
  #journal!: Journal
  #machines!: Machines
  readonly #catalog: Catalog
  readonly #portWatchers = new Set<(change: PortChange) => void>()

  constructor(options: WavetankOptions, snapshot: Snapshot) {
    this.#options = options
    this.#catalog = options.catalog ?? defaultCatalog
    this.#first = snapshot
    this.#begin(snapshot)
  }

  #begin(snapshot: Snapshot): void {
    const seed = String(this.#options.seed ?? 'wavetank')
    this.#clock = new Clock(this.#options.clock ?? 'auto', snapshot.now)
    this.#journal = journal(this.#options.record ?? false)
    const shell: Shell<EngineEffect> = {
      clock: this.#clock,
      perform: (effect) => this.#machines.perform(effect),
      fetch: () => undefined,
      settle: () => this.#conductor.settle(),
    }
    this.#engine = new Daemon(engine, shell, seed, snapshot.engine, snapshot.position)
    this.#engine.store.listen((event) => this.#journal.add({ kind: 'event', system: 'engine', at: event.at, event }))
    this.#machines = new Machines(this.#machineHost(seed), snapshot.machines)
    this.#conductor = new Conductor(this.#clock, [this.#engine, this.#machines])
  }

  #machineHost(seed: string): MachineHost {
    return {
      seed,
      catalog: this.#catalog,
      now: () => this.#clock.now,
      state: () => this.#engine.store.state,
      tell: (command) => this.#engine.tell(command),
      notice: (text) => this.#journal.add({ kind: 'notice', system: 'engine', at: this.#clock.now, text }),
      ports: (change) => {
        for (const watcher of this.#portWatchers) watcher(change)
      },
    }
  }

  serve(request: PlainRequest): Served {
    this.#conductor.sync()
    return serve(this.#engine, request)
  }

  kick(): void {
    this.#conductor.kick()
  }

  fetch(request: Request): Promise<Response> {
    return respond(this, request)
  }

  get clock(): Wavetank['clock'] {
    const { mode, now } = this.#clock
    return {
      mode,
      now,
      advance: (milliseconds) => this.#conductor.advanceTo(this.#clock.now + Math.round(milliseconds * MILLISECOND)),
    }
  }

  get engine(): Daemon<EngineState, EngineCommand, EngineEvent, EngineEffect> {
    return this.#engine
  }

  get journal(): Journal {
    return this.#journal
  }

  snapshot(): Snapshot {
    const { state, position } = this.#engine.store
    return { now: this.#clock.now, engine: state, position, machines: this.#machines.fork() }
  }

  fork(): Wavetank {
    return new Tank(this.#options, this.snapshot())
  }

  restore(snapshot: Snapshot): void {
    this.close()
    this.#begin(snapshot)
  }

  reset(): void {
    this.restore(this.#first)
  }

  watchPorts(watcher: (change: PortChange) => void): () => void {
    for (const change of this.#machines.published()) watcher(change)
    this.#portWatchers.add(watcher)
    return () => this.#portWatchers.delete(watcher)
  }

  connect(container: string, port: number, receiver: Receiver): Connection | undefined {
    this.#conductor.sync()
    const connection = this.#machines.connectFromHost(container, port, receiver)
    const settled = (act: () => void) => {
      act()
      this.#conductor.settle()
      this.#conductor.kick()
    }
    settled(() => {})
    return (
      connection && {
        write: (bytes) => settled(() => connection.write(bytes)),
        end: () => settled(() => connection.end()),
        close: () => settled(() => connection.close()),
      }
    )
  }

  close(): void {
    this.#conductor.stop()
    this.#engine.hangUp()
  }
}
