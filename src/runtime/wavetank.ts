import { theHub } from '#hub'
import { programs } from '#programs'
import { type Instant, MILLISECOND, SECOND } from '../core/instant.ts'
import { type EngineCommand, type EngineEffect, type EngineEvent, type EngineState, engine } from '../engine/index.ts'
import type { Request as PlainRequest } from '../http/input.ts'
import type { Intake } from '../http/intake.ts'
import type { Answer } from '../http/reply.ts'
import type { Mail } from '../hub/accounts/mailbox.ts'
import type { HubCommand, HubEvent, HubState } from '../hub/index.ts'
import type { Catalog } from '../programs/catalog.ts'
import type { Packages } from '../programs/packages/package.ts'
import type { Stage } from '../programs/user/stages.ts'
import type { Behaviour } from '../programs/user/user-program.ts'
import { answering } from './answering.ts'
import { Clock, type ClockMode, wallClock } from './clock.ts'
import { Conductor, type Part } from './conductor.ts'
import { Daemon, type Shell } from './daemon.ts'
import { canonicalName, wholeImage } from './declared-images.ts'
import { programsOf } from './declared-programs.ts'
import { type FaultInjection, faultInjection, metFault, toldAtDoor, toldToEngine } from './faults.ts'
import type { ForeignFs } from './foreign-mount.ts'
import { ForeignMounts } from './foreign-mounts.ts'
import { hubImages } from './hub-images.ts'
import type { HubOrigin, RegistryOrigin } from './hub-origin.ts'
import type { NamedImage } from './image.ts'
import { type Journal, journal } from './journal.ts'
import { loopback } from './loopback.ts'
import { type MachineHost, Machines, type MachinesState } from './machines.ts'
import { POLL_INTERVAL, Polls } from './polls.ts'
import { hostOf, type Lead, Registries } from './registries.ts'
import { respond } from './respond.ts'
import { declaredOnes, type ImageSource, type Origin, origin } from './seed.ts'
import { serve } from './serve.ts'
import type { Served } from './served.ts'
import type { Connection, PortChange, Receiver } from './switch.ts'
import type { System, Timed } from './system.ts'
import { type Views, views } from './views.ts'

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

const seedOf = ({ seed = 'wavetank' }: WavetankOptions) => String(seed)

class Tank implements Wavetank {
  readonly #options: WavetankOptions
  readonly #first: Snapshot
  #clock!: Clock
  #engine!: Wavetank['engine']
  /** Docker Hub begins when somebody speaks to it; till then it stands here. */
  #hubDaemon: Wavetank['hub'] | undefined
  #hubAt!: At<HubState>
  #conductor!: Conductor
  #journal!: Journal
  #machines!: Machines
  readonly #polls = new Polls()
  /** The programs of the world; they come when the first one is asked for. */
  #catalog: Catalog | undefined
  readonly #views: Views
  readonly #foreign: ForeignMounts
  readonly #portWatchers = new Set<(change: PortChange) => void>()
  readonly #registries: Registries
  readonly faults = faultInjection(() => this.hub)

  constructor(options: WavetankOptions, snapshot: Snapshot, registries?: Registries) {
    this.#options = options
    this.#catalog = options.catalog
    if (options.packages) this.#addPrograms(programs().packageManagers(options.packages))
    this.#addPrograms(programsOf([...declaredOnes(options.images), ...hubImages(options.hub, options.registries)]))
    this.#first = snapshot
    this.#registries = registries ?? new Registries((options.registries ?? []).map(hostOf), options.hub !== false)
    this.#views = views({
      state: () => this.#engine.store.state,
      now: () => BigInt(this.#clock.now) * 1000n,
      disk: (name) => {
        this.#foreign.sync()
        return this.#machines.disk(name)
      },
      saved: (disk) => {
        this.#machines.saved(disk)
        this.#conductor.settle()
      },
    })
    this.#foreign = new ForeignMounts({
      now: () => BigInt(this.#clock.now) * 1000n,
      wall: () => wallClock() / MILLISECOND,
      disk: (name) => this.#machines.disk(name),
      saved: (disk) => this.#machines.saved(disk),
    })
    this.#begin(snapshot)
  }

  #begin(snapshot: Snapshot): void {
    const seed = seedOf(this.#options)
    this.#clock = new Clock(this.#options.clock ?? 'auto', snapshot.now)
    this.#journal = journal(this.#options.record ?? false)
    this.#engine = this.#daemon(engine, (effect) => this.#machines.perform(effect), snapshot.engine)
    this.#hubDaemon = undefined
    this.#hubAt = snapshot.hub
    this.#machines = new Machines(this.#machineHost(seed), snapshot.machines)
    this.#conductor = new Conductor(this.#clock, [this.#hubPart(), this.#engine, this.#machines], this.#foreign)
  }

  #hubPart(): Part {
    const daemon = () => this.#hubDaemon
    return {
      work: () => daemon()?.work() ?? false,
      next: (awaited) => daemon()?.next(awaited),
      wake: (now) => daemon()?.wake(now),
      get awaited() {
        return daemon()?.awaited ?? false
      },
    }
  }

  #daemon<S extends Timed<C>, C, E extends { readonly type: string }, F>(
    system: System<S, C, E, F>,
    perform: (effect: F) => void,
    { state, position }: At<S>,
  ): Daemon<S, C, E, F> {
    const shell: Shell<F> = {
      clock: this.#clock,
      perform,
      fetch: (request) => this.#ask(system.name, request),
      sync: () => this.#conductor.sync(),
      settle: () => this.#conductor.settle(),
    }
    const daemon = new Daemon(system, shell, seedOf(this.#options), state, position)
    daemon.store.listen((event) => this.#journal.add({ kind: 'event', system: system.name, at: event.at, event }))
    return daemon
  }

  /** One system asks another, by HTTP and at once; a host that is not of this tank is never reached. */
  #ask(from: string, request: PlainRequest): Answer | undefined {
    const registry = this.#registries.find(request.origin)
    const answer = registry === undefined ? undefined : this.#answerOf({ registry, ...request })
    const to = request.origin?.replace(/^https?:\/\//, '') ?? ''
    this.#journal.request(from, to, this.#clock.now, request, answer?.status ?? 0)
    return answer
  }

  #answerOf(request: PlainRequest): Answer | undefined {
    const fault = metFault(this.hub, request)
    return fault ? toldToEngine(fault) : loopback(this.hub, request)
  }

  #served(request: PlainRequest): Served {
    const fault = metFault(this.hub, request)
    return fault ? toldAtDoor(this.hub, fault) : serve(this.hub, request)
  }

  answers(origin?: string): boolean {
    return this.#registries.find(origin) !== undefined
  }

  intake(head: PlainRequest): Intake | undefined {
    return head.registry !== undefined || this.answers(head.origin) ? theHub().intakeOf(head) : undefined
  }

  lead(address: string, registry?: string): Lead {
    return this.#registries.lead(address, registry)
  }

  #machineHost(seed: string): MachineHost {
    return {
      seed,
      catalog: () => this.#programs(),
      now: () => this.#clock.now,
      state: () => this.#engine.store.state,
      tell: (command) => this.#engine.tell(command),
      notice: (text) => this.#journal.add({ kind: 'notice', system: 'engine', at: this.#clock.now, text }),
      ports: (change) => {
        for (const watcher of this.#portWatchers) watcher(change)
      },
    }
  }

  #programs(): Catalog {
    this.#catalog ??= programs().defaultCatalog
    return this.#catalog
  }

  #addPrograms(...[more, byPath = []]: Parameters<Catalog['with']>): void {
    if ([...more, ...byPath].length > 0) this.#catalog = this.#programs().with(more, byPath)
  }

  serve(request: PlainRequest): Served {
    this.#conductor.sync()
    if (this.#clock.mode === 'auto' && this.#polls.again(request, this.#engine.store.position))
      this.#conductor.advanceTo(this.#clock.now + POLL_INTERVAL)
    const registry = request.registry ?? this.#registries.find(request.origin)
    const to = registry === undefined ? 'engine' : (request.origin ?? registry).replace(/^https?:\/\//, '')
    const { method, target } = request
    this.#journal.add({ kind: 'call', to, at: this.#clock.now, method, target })
    const served = registry === undefined ? serve(this.#engine, request) : this.#served({ ...request, registry })
    this.#polls.answered(this.#engine.store.position)
    return answering(served, (status) => this.#journal.add({ kind: 'answer', to, at: this.#clock.now, status }))
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

  readonly images: Wavetank['images'] = { add: (...images) => images.flatMap((one) => this.#add(one)) }

  #add(source: ImageSource): string[] {
    const events =
      source instanceof Uint8Array
        ? this.#engine.dispatch({ type: 'ImageLoad', archive: source })
        : this.#engine.dispatch(this.#declaration(source))
    this.#conductor.settle()
    return events.flatMap((event) => (event.type === 'image.add' ? [event.image.id] : []))
  }

  #declaration(declared: NamedImage): EngineCommand {
    this.#addPrograms(programsOf([declared]))
    const whole = wholeImage(declared, this.#engine.store.state.images, () => theHub().hubCatalog)
    return { type: 'ImageDeclare', whole, reference: canonicalName(declared.reference) }
  }

  get engine(): Wavetank['engine'] {
    return this.#engine
  }

  get hub(): Wavetank['hub'] {
    if (this.#hubDaemon) return this.#hubDaemon
    const { state, position } = this.#hubAt
    this.#hubDaemon = this.#daemon(theHub().hub, () => {}, { state: { ...state, now: this.#clock.now }, position })
    return this.#hubDaemon
  }

  get mailbox(): readonly Mail[] {
    return this.hub.store.state.mailbox.mails.slice()
  }

  get journal(): Journal {
    return this.#journal
  }

  snapshot(): Snapshot {
    const at = <S>({ state, position }: At<S>): At<S> => ({ state, position })
    return {
      now: this.#clock.now,
      engine: at(this.#engine.store),
      hub: this.#hubDaemon ? at(this.#hubDaemon.store) : this.#hubAt,
      machines: this.#machines.fork(),
    }
  }

  fork(): Wavetank {
    const catalog = this.#catalog
    return new Tank({ ...this.#options, ...(catalog && { catalog }) }, this.snapshot(), this.#registries.copy())
  }

  restore(snapshot: Snapshot): void {
    this.close()
    this.#begin(snapshot)
  }

  reset(): void {
    this.restore(this.#first)
  }

  program(path: string, behaviour: Behaviour | readonly Stage[]): void {
    this.#addPrograms([], [[path, programs().programOf(path, behaviour)]])
  }

  container(ref: string): ReturnType<Views['container']> {
    return this.#views.container(ref)
  }

  volume(name: string): ReturnType<Views['volume']> {
    return this.#views.volume(name)
  }

  image(ref: string): ReturnType<Views['image']> {
    return this.#views.image(ref)
  }

  get host(): Views['host'] {
    return this.#views.host
  }

  mount(to: string, fs: ForeignFs): () => void {
    if (to.startsWith('/')) return this.#foreign.add('host', to.replace(/\/+$/, ''), fs)
    this.#engine.tell({ type: 'VolumeCreate', name: to, driver: '', driverOpts: null, labels: null })
    return this.#foreign.add(`volume:${to}`, '', fs)
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
    this.#hubDaemon?.hangUp()
  }
}
