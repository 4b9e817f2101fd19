import type { Instant } from '../../core/instant.ts'
import { clearTimer, nextTimer, setTimer, type Timers } from '../../core/timers.ts'
import { diskWrite } from '../../engine/disks.ts'
import type { NetworkSpec } from '../../engine/effects.ts'
import type { EngineCommand, EngineEffect, EngineState } from '../../engine/index.ts'
import type { Catalog } from '../../programs/catalog.ts'
import type { Out } from '../../programs/kernel/out.ts'
import { Machine } from '../../programs/machine.ts'
import type { FileSystem } from '../../storage/file-system.ts'
import type { Clock } from '../clock.ts'
import type { Part } from '../conductor.ts'
import type { Journal } from '../journal.ts'
import type { Wavetank } from '../wavetank.ts'
import { limitsOf, mountDisks, netDisk } from './boot.ts'
import type { Disks } from './disks.ts'
import { MachineCell } from './machine-cell.ts'
import { apply, spawnSpec } from './machine-effects.ts'
import { Network } from './network.ts'
import { writeNetworkFiles } from './network-files.ts'
import { changes, hostPort, portsOf } from './open-ports.ts'
import { type MachinesState, nothingRuns, type Running, shared } from './running.ts'
import type { Connection, PortChange, Receiver } from './switch.ts'

/** What the machines need of the tank. */
export interface MachineHost {
  readonly seed: string
  readonly clock: Clock
  readonly engine: Wavetank['engine']
  readonly journal: Journal
  catalog(): Catalog
  ports(change: PortChange): void
}

/** The process machines of the running containers: effects go in, commands come out. */
export class Machines implements Part {
  /** Programs run on for nobody's sake: who waits, waits for the engine. */
  readonly awaited = false
  readonly #host: MachineHost
  readonly #running: Map<string, Running>
  readonly #disks: Disks
  readonly #network: Network
  /** Machines that may have something to do at this instant. */
  readonly #due = new Set<string>()
  #wakeups: Timers<string>
  /** Some container works on a disk of another one: /dev/shm, or the files of the network. */
  #lends: boolean

  constructor(host: MachineHost, { running, wakeups, disks, wires, lends } = nothingRuns()) {
    this.#lends = lends
    this.#host = host
    this.#running = shared(running)
    this.#wakeups = wakeups
    this.#disks = disks.fork()
    const stations = {
      state: () => this.#state,
      touch: (container: string, work: (machine: Machine) => void) => this.#touch(container, work),
      listening: (container: string) => this.#running.get(container)?.cell.machine.listening ?? [],
      networks: () => [...this.#running].map(([container, one]) => [container, one.network] as const),
    }
    this.#network = new Network(stations, wires.fork())
  }

  get #now(): Instant {
    return this.#host.clock.now
  }

  get #state(): EngineState {
    return this.#host.engine.store.state
  }

  #tell(command: EngineCommand): void {
    this.#host.engine.tell(command)
  }

  /** Data for another tank; from now on both copy what they step. */
  fork(): MachinesState {
    return {
      running: shared(this.#running),
      wakeups: this.#wakeups,
      disks: this.#disks.fork(),
      wires: this.#network.wires.fork(),
      lends: this.#lends,
    }
  }

  perform(effect: EngineEffect): void {
    switch (effect.kind) {
      case 'boot':
        return this.#boot(effect)
      case 'refresh':
        return this.#disks.refresh(effect.disk, this.#state)
      case 'halt':
        return this.#halt(effect.container)
      case 'probe':
        return this.#tell(effect.tell(this.processes(effect.container)))
      case 'rewire':
        return this.#rewire(effect.container, effect.network)
      default:
        return this.#touch(effect.container, (machine) => apply(machine, effect))
    }
  }

  #boot({ container, process, machine: spec }: EngineEffect & { kind: 'boot' }): void {
    const { seed, catalog } = this.#host
    const [state, now] = [this.#state, this.#now]
    this.#halt(container)
    const { namespace, disks } = mountDisks(this.#disks, container, spec, state, now)
    const machine = new Machine({
      hostname: spec.hostname,
      namespace,
      catalog: catalog(),
      seed: `${seed}\n${container}\n${state.containers.byId.get(container)?.flags.startedAt ?? 0}`,
      now,
      addresses: spec.network.addresses,
      limits: limitsOf(spec, state),
      init: spec.init,
    })
    this.#lends ||= disks.some((disk) => /^(net|shm):/.test(disk) && !disk.endsWith(`:${container}`))
    const cell = new MachineCell(machine, this.#disks.files)
    this.#running.set(container, { cell, disks, hostname: spec.hostname, network: spec.network })
    this.#network.set(container, spec.network)
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
    for (const port of portsOf(one.network, one.cell.machine)) this.#host.ports({ change: 'close', container, port })
    this.#running.delete(container)
    this.#network.delete(container)
    this.#due.delete(container)
    this.#wakeups = clearTimer(this.#wakeups, container)
    for (const member of this.#network.members(container)) this.#cutOff(member)
    for (const disk of one.disks) if (!this.#isUsed(disk, container)) this.#disks.close(disk)
  }

  /** Whoever lives in the stack of a container that is gone keeps nothing but its loopback. */
  #cutOff(container: string): void {
    const one = this.#running.get(container)
    if (!one) return
    const network = { ...one.network, stack: `left by ${one.network.stack}`, interfaces: [], addresses: [] }
    this.#running.set(container, { ...one, network })
    this.#network.set(container, network)
    this.#touch(container, (machine) => machine.setAddresses([]))
  }

  #isUsed(disk: string, by: string): boolean {
    if (disk.endsWith(`:${by}`) ? !this.#lends : /^(tmpfs|image):/.test(disk)) return false
    for (const { disks } of this.#running.values()) if (disks.includes(disk)) return true
    return false
  }

  #rewire(container: string, network: NetworkSpec): void {
    const one = this.#running.get(container)
    // Whose stack is gone does not come into that of the next start.
    if (!one || one.network.stack !== network.stack) return
    this.#running.set(container, { ...one, network })
    const files = network.stack === container ? this.#disks.files.get(netDisk(container)) : undefined
    if (files) writeNetworkFiles(files, one.hostname, network, BigInt(this.#now) * 1000n)
    this.#network.set(container, network)
    this.#touch(container, (machine) => machine.setAddresses(network.addresses))
    for (const change of changes(container, one.network, network)) this.#host.ports(change)
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
    cell.machine.run(this.#now)
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
      if (command) this.#tell(command)
    }
  }

  next(): Instant | undefined {
    return this.#due.size > 0 ? this.#now : nextTimer(this.#wakeups)?.at
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
    switch (out.type) {
      case 'output':
        return this.#tell(
          out.id === 'main'
            ? { type: 'ContainerOutput', id: container, stream: out.stream, bytes: out.bytes }
            : { type: 'ExecOutput', id: out.id, stream: out.stream, bytes: out.bytes },
        )
      case 'exit':
        return this.#tell(
          out.id === 'main'
            ? { type: 'ContainerExit', id: container, exitCode: out.code }
            : { type: 'ExecExit', id: out.id, exitCode: out.code },
        )
      case 'oom':
        return this.#tell({ type: 'ContainerOom', id: container })
      case 'notice':
        return this.#notice(`${container.slice(0, 12)}: ${out.text}`)
      case 'connect':
        return this.#network.connect(container, out)
      case 'send':
        return this.#network.send(container, out.connection, (party) => party.data(out.bytes))
      case 'end':
        return this.#network.send(container, out.connection, (party) => party.end())
      case 'close':
        return this.#network.hangUp(container, out.connection)
      case 'query':
        return this.#network.answer(container, out)
      case 'listen':
      case 'unlisten':
        return this.#listens(container, out)
    }
  }

  #notice(text: string): void {
    this.#host.journal.add({ kind: 'notice', system: 'engine', at: this.#now, text })
  }

  /** Others of the same stack have to know, and in the host's stack the port is one of the host. */
  #listens(container: string, out: Out & { type: 'listen' | 'unlisten' }): void {
    const network = this.#running.get(container)?.network
    if (!network) return
    this.#network.introduce(network.stack)
    const port = hostPort(network, out)
    if (port) this.#host.ports({ change: out.type === 'listen' ? 'open' : 'close', container, port })
  }

  // For the doors

  /** A caller from outside reaches a port of a container; `undefined`: the container does not run. */
  connectFromHost(container: string, port: number, receiver: Receiver): Connection | undefined {
    return this.#network.fromHost(container, port, receiver)
  }

  /** The published ports that are open now. */
  published(): PortChange[] {
    return [...this.#running].flatMap(([container, { network, cell }]) =>
      portsOf(network, cell.machine).map((port) => ({ change: 'open' as const, container, port })),
    )
  }

  /** The processes of a container, for `top`. */
  processes(container: string): ReturnType<Machine['processes']> {
    return this.#running.get(container)?.cell.machine.processes() ?? []
  }

  /** A disk as programs see it. */
  disk(name: string): FileSystem {
    return this.#disks.open(name, this.#state)
  }

  /** Somebody wrote to a disk from outside. */
  saved(disk: string): void {
    this.#save([disk])
  }
}
