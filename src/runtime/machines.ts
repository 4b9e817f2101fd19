import { type Instant, MICROSECOND } from '../core/instant.ts'
import { clearTimer, nextTimer, noTimers, setTimer, type Timers } from '../core/timers.ts'
import { diskWrite } from '../engine/disks.ts'
import type { NetworkSpec, ProcessSpec, PublishedPort } from '../engine/effects.ts'
import type { EngineCommand, EngineEffect, EngineState } from '../engine/index.ts'
import { resolveName } from '../engine/networks/dns.ts'
import type { Catalog } from '../programs/catalog.ts'
import type { Out } from '../programs/kernel/out.ts'
import { Machine, type SpawnSpec } from '../programs/machine.ts'
import type { FileSystem } from '../storage/file-system.ts'
import { mountDisks } from './boot.ts'
import type { Part } from './conductor.ts'
import { Disks } from './disks.ts'
import { MachineCell } from './machine-cell.ts'
import { writeNetworkFiles } from './network-files.ts'
import { type Connection, type PortChange, type Receiver, Switch } from './switch.ts'

/** What the machines need of the tank. */
export interface MachineHost {
  readonly seed: string
  catalog(): Catalog
  now(): Instant
  state(): EngineState
  tell(command: EngineCommand): void
  notice(text: string): void
  ports(change: PortChange): void
}

/** The port that connections seem to come from. */
const EPHEMERAL = 49_152

interface Running {
  readonly cell: MachineCell
  readonly disks: readonly string[]
  readonly hostname: string
  readonly network: NetworkSpec
}

/** Everything about running programs that a fork takes along. */
export interface MachinesState {
  readonly running: ReadonlyMap<string, Running>
  readonly wakeups: Timers<string>
  readonly disks: Disks
  readonly wires: Switch
}

const shared = (running: ReadonlyMap<string, Running>) =>
  new Map([...running].map(([id, one]) => [id, { ...one, cell: one.cell.share() }]))

const nothingRuns = (): MachinesState => ({
  running: new Map(),
  wakeups: noTimers,
  disks: new Disks(),
  wires: new Switch(),
})

/** The process machines of the running containers: effects go in, commands come out. */
export class Machines implements Part {
  /** Programs run on for nobody's sake: who waits, waits for the engine. */
  readonly awaited = false
  readonly #host: MachineHost
  readonly #running: Map<string, Running>
  readonly #disks: Disks
  readonly #wires: Switch
  /** Machines that may have something to do at this instant. */
  readonly #due = new Set<string>()
  #wakeups: Timers<string>

  constructor(host: MachineHost, { running, wakeups, disks, wires } = nothingRuns()) {
    this.#host = host
    this.#running = shared(running)
    this.#wakeups = wakeups
    this.#disks = disks.fork()
    this.#wires = wires.fork()
  }

  /** Data for another tank; from now on both copy what they step. */
  fork(): MachinesState {
    return {
      running: shared(this.#running),
      wakeups: this.#wakeups,
      disks: this.#disks.fork(),
      wires: this.#wires.fork(),
    }
  }

  perform(effect: EngineEffect): void {
    switch (effect.kind) {
      case 'boot':
        return this.#boot(effect)
      case 'refresh':
        return this.#disks.refresh(effect.disk, this.#host.state())
      case 'halt':
        return this.#halt(effect.container)
      case 'probe':
        return this.#host.tell(effect.tell(this.processes(effect.container)))
      case 'rewire':
        return this.#rewire(effect.container, effect.network)
      default:
        return this.#touch(effect.container, (machine) => apply(machine, effect))
    }
  }

  #boot({ container, process, machine: spec }: EngineEffect & { kind: 'boot' }): void {
    const { seed, catalog, state, now } = this.#host
    this.#halt(container)
    const { namespace, disks } = mountDisks(this.#disks, container, spec, state(), now())
    const machine = new Machine({
      hostname: spec.hostname,
      namespace,
      catalog: catalog(),
      seed: `${seed}\n${container}\n${state().containers.byId.get(container)?.flags.startedAt ?? 0}`,
      now: now(),
      addresses: spec.network.addresses,
      limits: limitsOf(spec, state()),
      init: spec.init,
    })
    this.#running.set(container, {
      cell: new MachineCell(machine, this.#disks.files),
      disks,
      hostname: spec.hostname,
      network: spec.network,
    })
    for (const port of spec.network.published) this.#host.ports({ change: 'open', container, port })
    this.#touch(container, () => machine.spawn(spawnSpec(process, 'main')))
  }

  /** Works on a machine of our own, and runs it soon. */
  #touch(container: string, work: (machine: Machine) => void): void {
    const one = this.#running.get(container)
    if (!one) return
    const cell = one.cell.own(this.#disks.files)
    if (cell !== one.cell) this.#running.set(container, { ...one, cell })
    work(cell.machine)
    this.#due.add(container)
  }

  #halt(container: string): void {
    const one = this.#running.get(container)
    if (!one) return
    for (const connection of this.#wires.of(container)) this.#hangUp(container, connection)
    for (const port of one.network.published) this.#host.ports({ change: 'close', container, port })
    this.#running.delete(container)
    this.#due.delete(container)
    this.#wakeups = clearTimer(this.#wakeups, container)
    for (const disk of one.disks) if (!this.#isUsed(disk)) this.#disks.close(disk)
  }

  #isUsed(disk: string): boolean {
    if (
      disk.startsWith('container:') ||
      disk.startsWith('net:') ||
      disk.startsWith('dev:') ||
      disk.startsWith('tmpfs:')
    )
      return false
    for (const { disks } of this.#running.values()) if (disks.includes(disk)) return true
    return false
  }

  #rewire(container: string, network: NetworkSpec): void {
    const one = this.#running.get(container)
    if (!one) return
    this.#running.set(container, { ...one, network })
    const files = this.#disks.files.get(`net:${container}`)
    if (files) writeNetworkFiles(files, one.hostname, network, BigInt(this.#host.now()) * 1000n)
    this.#touch(container, (machine) => machine.setAddresses(network.addresses))
    const had = new Map(one.network.published.map((port) => [portKey(port), port]))
    for (const port of network.published)
      if (!had.delete(portKey(port))) this.#host.ports({ change: 'open', container, port })
    for (const port of had.values()) this.#host.ports({ change: 'close', container, port })
  }

  // The part's life

  work(): boolean {
    const [container] = this.#due
    if (container === undefined) return false
    this.#due.delete(container)
    const one = this.#running.get(container)
    if (!one) return true
    const cell = one.cell.own(this.#disks.files)
    if (cell !== one.cell) this.#running.set(container, { ...one, cell })
    cell.machine.run(this.#host.now())
    const at = cell.machine.nextTimer()
    this.#wakeups =
      at === undefined
        ? clearTimer(this.#wakeups, container)
        : setTimer(this.#wakeups, { key: container, at, command: container })
    const outbox = cell.machine.takeOutbox()
    this.#save(one.disks)
    for (const out of outbox) this.#deliver(container, out)
    return true
  }

  /** What programs have written goes into the state before anybody hears of what they did next. */
  #save(disks: readonly string[]): void {
    for (const disk of disks) {
      const snapshot = this.#disks.changed(disk)
      const command = snapshot && diskWrite(disk, snapshot)
      if (command) this.#host.tell(command)
    }
  }

  next(): Instant | undefined {
    return this.#due.size > 0 ? this.#host.now() : nextTimer(this.#wakeups)?.at
  }

  wake(now: Instant): void {
    for (;;) {
      const timer = nextTimer(this.#wakeups)
      if (!timer || timer.at > now) return
      this.#wakeups = clearTimer(this.#wakeups, timer.key)
      this.#due.add(timer.key)
    }
  }

  #deliver(container: string, out: Out): void {
    const { tell, notice } = this.#host
    switch (out.type) {
      case 'output':
        return tell(
          out.id === 'main'
            ? { type: 'ContainerOutput', id: container, stream: out.stream, bytes: out.bytes }
            : { type: 'ExecOutput', id: out.id, stream: out.stream, bytes: out.bytes },
        )
      case 'exit':
        return tell(
          out.id === 'main'
            ? { type: 'ContainerExit', id: container, exitCode: out.code }
            : { type: 'ExecExit', id: out.id, exitCode: out.code },
        )
      case 'oom':
        return tell({ type: 'ContainerOom', id: container })
      case 'notice':
        return notice(`${container.slice(0, 12)}: ${out.text}`)
      case 'connect':
        return this.#connect(container, out)
      case 'send':
        return this.#send(container, out.connection, (party) => party.data(out.bytes))
      case 'end':
        return this.#send(container, out.connection, (party) => party.end())
      case 'close':
        return this.#hangUp(container, out.connection)
      case 'query':
        return this.#answer(container, out)
      case 'listen':
      case 'unlisten':
        return
    }
  }

  // The virtual network

  #connect(container: string, { connection, host, port }: Out & { type: 'connect' }): void {
    const target = this.#ownerOf(host)
    if (target === undefined) return this.#touch(container, (machine) => machine.unreachable(connection))
    const name = this.#wires.name()
    const from = this.#running.get(container)?.network.addresses[0] ?? '127.0.0.1'
    let accepted = false
    this.#touch(target, (machine) => {
      accepted = machine.accept(name, port, { host: from, port: EPHEMERAL })
    })
    if (!accepted) return this.#touch(container, (machine) => machine.refused(connection))
    this.#wires.connect(
      { kind: 'machine', container, connection },
      { kind: 'machine', container: target, connection: name },
    )
    this.#touch(container, (machine) => machine.connected(connection))
  }

  #ownerOf(address: string): string | undefined {
    for (const [container, { network }] of this.#running) if (network.addresses.includes(address)) return container
    return undefined
  }

  /** Hands something to the other side of a connection, whoever that is. */
  #send(container: string, connection: string, hand: (party: Pick<Receiver, 'data' | 'end'>) => void): void {
    const peer = this.#wires.peer(container, connection)
    if (peer?.kind === 'host') hand(peer.receiver)
    else if (peer)
      this.#touch(peer.container, (machine) =>
        hand({
          data: (bytes) => machine.deliver(peer.connection, bytes),
          end: () => machine.endConnection(peer.connection),
        }),
      )
  }

  #hangUp(container: string, connection: string): void {
    const peer = this.#wires.peer(container, connection)
    this.#wires.disconnect(container, connection)
    if (peer?.kind === 'host') peer.receiver.close()
    else if (peer) this.#touch(peer.container, (machine) => machine.hangupConnection(peer.connection))
  }

  #answer(container: string, query: Out & { type: 'query' }): void {
    const { state } = this.#host
    if (query.ask === 'resolve') {
      const addresses = resolveName(state(), container, query.name)
      return this.#touch(container, (machine) => machine.answer(query.query, { addresses }))
    }
    const reached = this.#ownerOf(query.host) !== undefined
    this.#touch(container, (machine) => machine.answer(query.query, reached ? { roundTrip: 50 * MICROSECOND } : {}))
  }

  // For the doors

  /** A caller from outside reaches a port of a container; `undefined`: the container does not run. */
  connectFromHost(container: string, port: number, receiver: Receiver): Connection | undefined {
    if (!this.#running.has(container)) return undefined
    const connection = this.#wires.name()
    let accepted = false
    this.#touch(container, (machine) => {
      accepted = machine.accept(connection, port, { host: '172.17.0.1', port: EPHEMERAL })
    })
    if (!accepted) {
      receiver.close()
      return { write() {}, end() {}, close() {} }
    }
    this.#wires.connect({ kind: 'machine', container, connection }, { kind: 'host', receiver })
    return {
      write: (bytes) => this.#touch(container, (machine) => machine.deliver(connection, bytes)),
      end: () => this.#touch(container, (machine) => machine.endConnection(connection)),
      close: () => {
        this.#wires.disconnect(container, connection)
        this.#touch(container, (machine) => machine.hangupConnection(connection))
      },
    }
  }

  /** The published ports that are open now. */
  published(): PortChange[] {
    return [...this.#running].flatMap(([container, { network }]) =>
      network.published.map((port) => ({ change: 'open' as const, container, port })),
    )
  }

  /** The processes of a container, for `top`. */
  processes(container: string): ReturnType<Machine['processes']> {
    return this.#running.get(container)?.cell.machine.processes() ?? []
  }

  /** A disk as programs see it. */
  disk(name: string): FileSystem {
    return this.#disks.open(name, this.#host.state())
  }

  /** Somebody wrote to a disk from outside. */
  saved(disk: string): void {
    this.#save([disk])
  }
}

const portKey = ({ hostIp, hostPort, protocol }: PublishedPort) => `${hostIp}:${hostPort}/${protocol}`

function limitsOf(
  { memory, pids }: { readonly memory: number; readonly pids: number },
  { host }: EngineState,
): { memory: number; pids: number; cpus: number } {
  return { memory: memory || host.memory, pids: pids || 4096, cpus: host.cpus }
}

function spawnSpec({ tty, ...process }: ProcessSpec, id: string): SpawnSpec {
  return { ...process, id, ...(tty ? { tty: { cols: tty.columns, rows: tty.rows } } : {}) }
}

/** The first process of an exec, while it lives. */
function pidOf(machine: Machine, id: string): number | undefined {
  for (const process of machine.kernel.processes.values()) if (process.id === id) return process.pid
  return undefined
}

type InProcess = Extract<EngineEffect, { kind: 'exec' | 'signal' | 'freeze' | 'feed' | 'resize' }>

function apply(machine: Machine, effect: InProcess): void {
  switch (effect.kind) {
    case 'exec':
      machine.spawn(spawnSpec(effect.process, effect.id))
      return
    case 'signal': {
      const target = effect.process === 'main' ? 'main' : pidOf(machine, effect.process)
      if (target !== undefined) machine.signal(target, effect.signal)
      return
    }
    case 'freeze':
      return machine.freeze(effect.frozen)
    case 'feed':
      return effect.bytes ? machine.feed(effect.process, effect.bytes) : machine.hangup(effect.process)
    case 'resize':
      return machine.resize(effect.process, effect.columns, effect.rows)
  }
}
