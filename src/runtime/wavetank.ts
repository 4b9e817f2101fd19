import { theHub } from '#hub'
import { type Instant, SECOND } from '../core/instant.ts'
import type { EngineCommand, EngineEffect, EngineEvent, EngineState } from '../engine/index.ts'
import type { Request as PlainRequest } from '../http/input.ts'
import type { Intake } from '../http/intake.ts'
import type { Mail } from '../hub/accounts/mailbox.ts'
import type { HubCommand, HubEvent, HubState } from '../hub/index.ts'
import type { Catalog } from '../programs/catalog.ts'
import type { Packages } from '../programs/packages/package.ts'
import type { Stage } from '../programs/user/stages.ts'
import type { Behaviour } from '../programs/user/user-program.ts'
import { type ClockMode, wallClock } from './clock.ts'
import type { Daemon } from './daemon.ts'
import type { FaultInjection } from './faults.ts'
import type { HubOrigin, RegistryOrigin } from './hub-origin.ts'
import type { Journal } from './journal.ts'
import type { ForeignFs } from './machines/foreign-mount.ts'
import type { MachinesState } from './machines/running.ts'
import type { Connection, PortChange, Receiver } from './machines/switch.ts'
import type { Views } from './machines/views.ts'
import type { Lead } from './registries.ts'
import { type ImageSource, type Origin, origin } from './seed.ts'
import type { Served } from './served.ts'
import { seedOf, Tank } from './tank.ts'

/** How a tank begins: chance and time, and the world that is there before the first request. */
export interface WavetankOptions extends Origin {
  /** Everything that is dealt by chance comes from it: ids, names, ports, addresses. Default `wavetank`. */
  readonly seed?: string | number
  /** Default `auto`. */
  readonly clock?: ClockMode
  /** The first instant, in microseconds since the epoch. Default 2025-01-01T00:00:00Z; with the real clock, now. */
  readonly now?: Instant
  /**
   * Registries beside the Hub, each by its `host:port`: images named after them are pushed and pulled there.
   *
   * @example ['127.0.0.1:5000', { host: 'registry.example.com', accounts: { ann: 'secret' } }]
   */
  readonly registries?: readonly (string | RegistryOrigin)[]
  /** Docker Hub at the start of the world; `false`: there is none, as in a machine without a network. */
  readonly hub?: HubOrigin | false
  /** Keep the whole journal, not only its end. */
  readonly record?: boolean
  /** The programs of the world; default: those of busybox, and the look-alikes of well-known services. */
  readonly catalog?: Catalog
  /**
   * What `apk`, `apt-get`, `pip` and `npm` find beside the packages that Dockerfiles ask for most.
   *
   * @example
   * createWavetank({ packages: { apk: { 'acme-tools': { bin: { '/usr/bin/acme': 'true' } } }, npm: { '*': {} } } })
   */
  readonly packages?: Packages
}

/** Below all doors: plain data in, plain data out, at once. */
export interface Door {
  serve(request: PlainRequest): Served
  /** After an answer was handed over: what is due later shall happen. */
  kick(): void
  /** Whether an origin is a registry of the tank's: Docker Hub's own hosts, and those it was given. Every other one is the engine. */
  answers(origin?: string): boolean
  /** How to read the body of a request whose head has come. `undefined`: whole, whatever its length. */
  intake(head: PlainRequest): Intake | undefined
}

/** A whole Docker Engine and a whole Docker Hub in memory. */
export interface Wavetank extends Door, Views {
  /** The public door: a native Request in, a native Response out. */
  fetch(request: Request): Promise<Response>
  readonly images: {
    /**
     * Puts images into the daemon's store: declared ones, and the bytes of archives that `docker save` wrote.
     *
     * @returns the id of each, `sha256:…`; of an archive, of each image in it.
     * @throws Problem with the daemon's words for an archive that is none.
     * @example
     * tank.images.add(image('acme/api:2', { from: 'acme/api:1', env: { DEBUG: '1' } }), readFileSync('saved.tar'))
     */
    add(...images: readonly ImageSource[]): string[]
  }
  readonly clock: {
    readonly mode: ClockMode
    readonly now: Instant
    /** Let virtual time pass, in milliseconds; everything that is due happens in order. */
    advance(milliseconds: number): void
  }
  readonly engine: Daemon<EngineState, EngineCommand, EngineEvent, EngineEffect>
  readonly hub: Daemon<HubState, HubCommand, HubEvent, never>
  /** The e-mails that Docker Hub sent, oldest first; the `link` of one works when it is fetched. */
  readonly mailbox: readonly Mail[]
  /** Registries that do not answer as they should: 429, 503, a timeout. */
  readonly faults: FaultInjection
  readonly journal: Journal
  /** An independent tank that goes on from here; both share what neither has changed. */
  fork(): Wavetank
  /** The tank as it is now, as a reference. */
  snapshot(): Snapshot
  /** Back to a snapshot: open streams end. */
  restore(snapshot: Snapshot): void
  /** Back to the beginning: open streams end. */
  reset(): void
  /**
   * What an executable of a container does, by its absolute path: a generator of system calls, or stages.
   *
   * @example
   * tank.program('/usr/bin/api', [{ print: 'listening', listen: 8080 }, { after: '200ms', exit: 3 }])
   */
  program(path: string, behaviour: Behaviour | readonly Stage[]): void
  /**
   * Puts a volume of yours (memfs's `fs`) under a volume of the tank (by its name; made where there is none) or a directory of
   * `host` (an absolute path): what programs write there appears in yours, and the other way round. Gives the end of it.
   *
   * @example
   * const { fs } = memfs({ '/index.html': '<h1>hi</h1>' })
   * tank.mount('/srv/www', fs) // docker run -v /srv/www:/usr/share/nginx/html nginx
   */
  mount(to: string, fs: ForeignFs): () => void
  /** Published ports of running containers: those open now, then each change. Gives the end of the watch. */
  watchPorts(watcher: (change: PortChange) => void): () => void
  /** Speaks to what listens on a port of a container, as from outside. `undefined`: it does not run. */
  connect(container: string, port: number, receiver: Receiver): Connection | undefined
  /**
   * Lets an address lead to a registry of the tank: one of its own by that very name unless said otherwise;
   * `registry-1.docker.io` is Docker Hub.
   */
  lead(address: string, registry?: string): Lead
  /** Ends open streams and timers. */
  close(): void
}

/** A system's state, and how many events made it. */
export interface At<State> {
  readonly state: State
  readonly position: number
}

/** A tank at one instant: persistent data, never written to. */
export interface Snapshot {
  readonly now: Instant
  readonly engine: At<EngineState>
  readonly hub: At<HubState>
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
  return new Tank(options, {
    now,
    engine: { state: origin(options, seedOf(options), now), position: 0 },
    hub: later(() => theHub().hubOrigin(options.hub ?? {}, options.registries ?? [], seedOf(options), now)),
  })
}

/** Stocking the Hub takes a while, and most worlds never ask it anything. */
function later(make: () => HubState): At<HubState> {
  let made: HubState | undefined
  return {
    get state() {
      made ??= make()
      return made
    },
    position: 0,
  }
}
