import { theHub } from '#hub'
import { programs } from '#programs'
import { MILLISECOND } from '../core/instant.ts'
import { type EngineCommand, engine } from '../engine/index.ts'
import type { Request as PlainRequest } from '../http/input.ts'
import type { Intake } from '../http/intake.ts'
import type { Answer } from '../http/reply.ts'
import type { Mail } from '../hub/accounts/mailbox.ts'
import type { HubState } from '../hub/index.ts'
import type { Catalog } from '../programs/catalog.ts'
import type { Stage } from '../programs/user/stages.ts'
import type { Behaviour } from '../programs/user/user-program.ts'
import { answering } from './answering.ts'
import { Clock, wallClock } from './clock.ts'
import { Conductor } from './conductor.ts'
import { Daemon, type Shell } from './daemon.ts'
import { canonicalName, wholeImage } from './declared-images.ts'
import { programsOf } from './declared-programs.ts'
import { faultInjection, metFault, toldAtDoor, toldToEngine } from './faults.ts'
import type { ForeignFs } from './foreign-mount.ts'
import { ForeignMounts } from './foreign-mounts.ts'
import { hubImages } from './hub-images.ts'
import type { NamedImage } from './image.ts'
import { type Journal, journal } from './journal.ts'
import { latePart } from './late-part.ts'
import { loopback } from './loopback.ts'
import { type MachineHost, Machines } from './machines.ts'
import { POLL_INTERVAL, Polls } from './polls.ts'
import { hostOf, type Lead, Registries } from './registries.ts'
import { respond } from './respond.ts'
import { declaredOnes, type ImageSource } from './seed.ts'
import { serve } from './serve.ts'
import type { Served } from './served.ts'
import { settledConnection } from './settled-connection.ts'
import type { Connection, PortChange, Receiver } from './switch.ts'
import type { System, Timed } from './system.ts'
import { type Views, views } from './views.ts'
import type { At, Snapshot, Wavetank, WavetankOptions } from './wavetank.ts'

/** Everything that is dealt by chance comes from it. */
export const seedOf = ({ seed = 'wavetank' }: WavetankOptions) => String(seed)

/** A tank as it is: an engine, a Hub, the machines, and the clock that moves them. */
export class Tank implements Wavetank {
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
    this.#conductor = new Conductor(
      this.#clock,
      [latePart(() => this.#hubDaemon), this.#engine, this.#machines],
      this.#foreign,
    )
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
    const settle = () => {
      this.#conductor.settle()
      this.#conductor.kick()
    }
    settle()
    return connection && settledConnection(connection, settle)
  }

  close(): void {
    this.#conductor.stop()
    this.#engine.hangUp()
    this.#hubDaemon?.hangUp()
  }
}
