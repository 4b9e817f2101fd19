import { theHub } from '#hub'
import { machines } from '#machines'
import { MILLISECOND } from '../core/instant.ts'
import { type EngineCommand, type EngineEffect, engine } from '../engine/index.ts'
import type { Request as PlainRequest } from '../http/input.ts'
import type { Intake } from '../http/intake.ts'
import type { Answer } from '../http/reply.ts'
import type { Mail } from '../hub/accounts/mailbox.ts'
import type { HubState } from '../hub/index.ts'
import type { Stage } from '../programs/user/stages.ts'
import type { Behaviour } from '../programs/user/user-program.ts'
import { answering } from './answering.ts'
import { Clock } from './clock.ts'
import { Conductor } from './conductor.ts'
import { Daemon, type Shell } from './daemon.ts'
import { canonicalName, wholeImage } from './declared-images.ts'
import { faultInjection, metFault, toldAtDoor, toldToEngine } from './faults.ts'
import type { NamedImage } from './image.ts'
import { type Journal, journal } from './journal.ts'
import { latePart } from './late-part.ts'
import { loopback } from './loopback.ts'
import type { Files } from './machines/files.ts'
import type { ForeignFs } from './machines/foreign-mount.ts'
import type { MachineHost, Machines } from './machines/machines.ts'
import type { MachinesState } from './machines/running.ts'
import type { Connection, PortChange, Receiver } from './machines/switch.ts'
import type { Views } from './machines/views.ts'
import { POLL_INTERVAL, Polls } from './polls.ts'
import { firstPrograms, type Programs } from './programs.ts'
import { hostOf, type Lead, Registries } from './registries.ts'
import { respond } from './respond.ts'
import type { ImageSource } from './seed.ts'
import { serve } from './serve.ts'
import type { Served } from './served.ts'
import { settledConnection } from './settled-connection.ts'
import type { System, Timed } from './system.ts'
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
  /** The machines begin with the first container that starts, the files when somebody asks for them. */
  #begunMachines: Machines | undefined
  #begunFiles: Files | undefined
  readonly #polls = new Polls()
  readonly #programs: Programs
  readonly #portWatchers = new Set<(change: PortChange) => void>()
  readonly #registries: Registries
  readonly faults = faultInjection(() => this.hub)

  constructor(options: WavetankOptions, snapshot: Snapshot, programs?: Programs, registries?: Registries) {
    this.#options = options
    this.#programs = programs ?? firstPrograms(options)
    this.#first = snapshot
    this.#registries = registries ?? new Registries((options.registries ?? []).map(hostOf), options.hub !== false)
    this.#begin(snapshot)
  }

  #begin(snapshot: Snapshot): void {
    this.#clock = new Clock(this.#options.clock ?? 'auto', snapshot.now)
    this.#journal = journal(this.#options.record ?? false)
    this.#engine = this.#daemon(engine, (effect) => this.#perform(effect), snapshot.engine)
    this.#hubDaemon = undefined
    this.#hubAt = snapshot.hub
    this.#begunMachines = snapshot.machines && this.#machinesFrom(snapshot.machines)
    const parts = [latePart(() => this.#hubDaemon), this.#engine, latePart(() => this.#begunMachines)]
    this.#conductor = new Conductor(this.#clock, parts, () => this.#begunFiles)
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

  /** Nothing else concerns a tank in which nothing has run yet. */
  #perform(effect: EngineEffect): void {
    if (effect.kind === 'boot') this.#machines.perform(effect)
    else this.#begunMachines?.perform(effect)
  }

  get #machines(): Machines {
    this.#begunMachines ??= this.#machinesFrom()
    return this.#begunMachines
  }

  #machinesFrom(state?: MachinesState): Machines {
    const host: MachineHost = {
      seed: seedOf(this.#options),
      clock: this.#clock,
      engine: this.#engine,
      journal: this.#journal,
      catalog: () => this.#programs.catalog,
      ports: (change) => {
        for (const watcher of this.#portWatchers) watcher(change)
      },
    }
    return new (machines().Machines)(host, state)
  }

  get #files(): Files {
    this.#begunFiles ??= new (machines().Files)(this, () => this.#machines)
    return this.#begunFiles
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
    this.#programs.declare([declared])
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
      ...(this.#begunMachines && { machines: this.#begunMachines.fork() }),
    }
  }

  fork(): Wavetank {
    return new Tank(this.#options, this.snapshot(), this.#programs.copy(), this.#registries.copy())
  }

  restore(snapshot: Snapshot): void {
    this.close()
    this.#begin(snapshot)
  }

  reset(): void {
    this.restore(this.#first)
  }

  program(path: string, behaviour: Behaviour | readonly Stage[]): void {
    this.#programs.put(path, behaviour)
  }

  container(ref: string): ReturnType<Views['container']> {
    return this.#files.views.container(ref)
  }

  volume(name: string): ReturnType<Views['volume']> {
    return this.#files.views.volume(name)
  }

  image(ref: string): ReturnType<Views['image']> {
    return this.#files.views.image(ref)
  }

  get host(): Views['host'] {
    return this.#files.views.host
  }

  mount(to: string, fs: ForeignFs): () => void {
    if (to.startsWith('/')) return this.#files.mount('host', to.replace(/\/+$/, ''), fs)
    this.#engine.tell({ type: 'VolumeCreate', name: to, driver: '', driverOpts: null, labels: null })
    return this.#files.mount(`volume:${to}`, '', fs)
  }

  watchPorts(watcher: (change: PortChange) => void): () => void {
    for (const change of this.#begunMachines?.published() ?? []) watcher(change)
    this.#portWatchers.add(watcher)
    return () => this.#portWatchers.delete(watcher)
  }

  connect(container: string, port: number, receiver: Receiver): Connection | undefined {
    this.#conductor.sync()
    const connection = this.#begunMachines?.connectFromHost(container, port, receiver)
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
