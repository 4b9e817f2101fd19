import type { Instant } from '../core/instant.ts'
import type { FileSystem } from '../storage/file-system.ts'
import type { FileSystems } from '../storage/mount-namespace.ts'
import { copy } from './kernel/clone.ts'
import { emit } from './kernel/io.ts'
import type { Kernel } from './kernel/kernel.ts'
import type { Answer, Out } from './kernel/out.ts'
import { nextTimer, run, wake } from './kernel/run.ts'
import { raise, raiseGroup } from './kernel/signal.ts'
import { SIGNALS } from './kernel/signals.ts'
import type { Endpoint } from './kernel/socket.ts'
import { acceptFrom, deliver, endOf, hangup, settleSocket } from './kernel/sockets.ts'
import { start } from './kernel/start.ts'
import { receive, type Tty } from './kernel/tty.ts'
import { dequeue } from './kernel/waiters.ts'
import { kernelOf, type MachineSpec, type ProcessInfo, type SpawnSpec } from './machine-spec.ts'

/** What happened to a frozen machine and is made good when it thaws. */
type Deferred =
  | { readonly type: 'signal'; readonly target: number | 'main'; readonly signal: number }
  | { readonly type: 'feed'; readonly id: string; readonly bytes: Uint8Array }

/**
 * The processes of one running container under the virtual clock. Time comes in with `run`, all else that comes in are calls, and what goes
 * out lies in the outbox. Same calls, same outbox; nothing of the host is read.
 * @example
 * const machine = new Machine({ hostname: 'web', namespace, catalog, seed: 'x', now })
 * machine.spawn({ id: 'main', argv: ['sh', '-c', 'echo hi'], env: {}, cwd: '/', uid: 0, gid: 0, stdin: false })
 * machine.run(now)
 * machine.takeOutbox() // output 'hi\n', exit 0
 */
export class Machine {
  /** The state, and what programs see of it. */
  readonly kernel: Kernel
  readonly #deferred: Deferred[]

  constructor(spec: MachineSpec | { readonly kernel: Kernel; readonly deferred: readonly Deferred[] }) {
    this.kernel = 'kernel' in spec ? spec.kernel : kernelOf(spec)
    this.#deferred = 'kernel' in spec ? [...spec.deferred] : []
  }

  /** Starts a first process and gives its pid. PID 1 must be `main`; when PID 1 ends, all end. */
  spawn(spec: SpawnSpec): number {
    return start(this.kernel, spec).pid
  }

  /**
   * A signal from the engine: KILL and STOP reach PID 1 too; any other reaches PID 1 only if it handles it. A frozen machine gets it when
   * it thaws, except KILL. False when there is no such process.
   */
  signal(target: number | 'main', signal: number): boolean {
    const process = this.kernel.processes.get(target === 'main' ? 1 : target)
    if (!process) return false
    if (this.kernel.frozen && signal !== SIGNALS.KILL) this.#deferred.push({ type: 'signal', target, signal })
    else raise(this.kernel, process, signal, true)
    return true
  }

  /** pause and unpause. A sleep that ended in the meantime ends at once at the thaw. */
  freeze(on: boolean): void {
    if (this.kernel.frozen === on) return
    this.kernel.frozen = on
    if (on) return
    for (const late of this.#deferred.splice(0)) {
      if (late.type === 'signal') this.signal(late.target, late.signal)
      else this.feed(late.id, late.bytes)
    }
  }

  get frozen(): boolean {
    return this.kernel.frozen
  }

  /** Bytes for the standard input of `main` or of an exec; typed, when it is a terminal. */
  feed(id: string, bytes: Uint8Array): void {
    const { kernel } = this
    const terminal = kernel.ttys.get(id)
    if (terminal) this.#type(terminal, bytes)
    const stdin = kernel.stdins.get(id)
    if (!stdin || bytes.length === 0) return
    stdin.pipe.queue.push(bytes.slice())
    stdin.pipe.size += bytes.length
    for (const process of dequeue(stdin.pipe.canRead)) wake(kernel, process)
  }

  /** Echo is output too, and a paused machine makes none. */
  #type(terminal: Tty, bytes: Uint8Array): void {
    const { kernel } = this
    if (kernel.frozen) {
      this.#deferred.push({ type: 'feed', id: terminal.id, bytes: bytes.slice() })
      return
    }
    const { echo, signals } = receive(terminal, bytes)
    if (echo.length > 0) emit(kernel, terminal.id, 1, echo)
    for (const signal of signals) raiseGroup(kernel, terminal.foreground, signal)
    for (const process of dequeue(terminal.canRead)) wake(kernel, process)
  }

  /** The bytes in the standard input that no program has read so far: for back-pressure. */
  unread(id: string): number {
    return this.kernel.stdins.get(id)?.pipe.size ?? this.kernel.ttys.get(id)?.size ?? 0
  }

  /** End of file on the standard input. On a terminal the line is hung up: SIGHUP to its foreground. */
  hangup(id: string): void {
    const { kernel } = this
    const stdin = kernel.stdins.get(id)
    if (stdin) {
      kernel.stdins.delete(id)
      kernel.unref(stdin)
      return
    }
    const terminal = kernel.ttys.get(id)
    if (!terminal) return
    terminal.hungup = true
    for (const process of dequeue(terminal.canRead)) wake(kernel, process)
  }

  /** The terminal's size; its foreground gets WINCH when it changes. */
  resize(id: string, cols: number, rows: number): void {
    const terminal = this.kernel.ttys.get(id)
    if (!terminal || (terminal.cols === cols && terminal.rows === rows)) return
    terminal.cols = cols
    terminal.rows = rows
    raiseGroup(this.kernel, terminal.foreground, SIGNALS.WINCH)
  }

  /** The time is `now`: lets all that can run do so. It always returns, whatever the programs do. */
  run(now: Instant): void {
    run(this.kernel, now)
  }

  /** When to call `run` next; undefined: only input can bring it on. */
  nextTimer(): Instant | undefined {
    return nextTimer(this.kernel)
  }

  /** Whether all that happens at `nextTimer` is that a busy loop goes on. */
  get busy(): boolean {
    for (const process of this.kernel.processes.values()) if (process.preemptedUntil > this.kernel.now) return true
    return false
  }

  /** What went out since the last call. */
  takeOutbox(): Out[] {
    const out = this.kernel.outbox
    this.kernel.outbox = []
    return out
  }

  /** Another machine connects to `port` (of the address `to`); false: nobody listens there (refuse it). */
  accept(connection: string, port: number, from: Endpoint, to?: string): boolean {
    return acceptFrom(this.kernel, connection, port, from, to)
  }

  /** Where it listens: `80/tcp`. */
  get listening(): readonly string[] {
    return [...this.kernel.listeners.keys()]
  }

  /** Other machines live in its network stack, or do so no more; `taken` is where they listen. */
  setNeighbours(shared: boolean, taken: Iterable<string>): void {
    this.kernel.shared = shared
    this.kernel.taken = new Set(taken)
  }

  /** The connection that a `connect` asked for stands. */
  connected(connection: string): void {
    settleSocket(this.kernel, connection, 'open')
  }

  /** Nobody listens at the port that a `connect` asked for. */
  refused(connection: string): void {
    settleSocket(this.kernel, connection, 'refused')
  }

  /** There is no such host. */
  unreachable(connection: string): void {
    settleSocket(this.kernel, connection, 'unreachable')
  }

  /** Bytes from the other side. */
  deliver(connection: string, bytes: Uint8Array): void {
    const socket = this.kernel.sockets.get(connection)
    if (socket) deliver(this.kernel, socket, bytes.slice())
  }

  /** The other side will send no more, but reads on. */
  endConnection(connection: string): void {
    const socket = this.kernel.sockets.get(connection)
    if (socket) endOf(this.kernel, socket)
  }

  /** The other side is gone. */
  hangupConnection(connection: string): void {
    const socket = this.kernel.sockets.get(connection)
    if (socket) hangup(this.kernel, socket)
  }

  /** The answer to a `query` of the outbox. */
  answer(query: number, answer: Answer): void {
    const { kernel } = this
    kernel.answers.set(query, answer)
    for (const process of kernel.processes.values())
      if (process.wait.type === 'answer' && process.wait.query === query) wake(kernel, process)
  }

  /** The machine was connected to a network, or taken off one. */
  setAddresses(addresses: readonly string[]): void {
    this.kernel.addresses = addresses
  }

  /** Oldest first. */
  processes(): ProcessInfo[] {
    return [...this.kernel.processes.values()].map((process) => ({
      pid: process.pid,
      ppid: process.ppid,
      uid: process.uid,
      tty: process.tty ? `pts/${process.tty.index}` : '?',
      start: process.start,
      cpu: this.kernel.cpu(process),
      argv: process.argv,
      stopped: process.stopped,
    }))
  }

  /** Numbers for `docker stats`. */
  usage(): { readonly memory: number; readonly pids: number; readonly cpu: number } {
    let cpu = this.kernel.spentCpu
    for (const process of this.kernel.processes.values()) cpu += this.kernel.cpu(process)
    return { memory: this.kernel.memory, pids: this.kernel.processes.size, cpu }
  }

  /**
   * A second machine that goes on from here; neither ever sees what the other does. `files` holds the file systems of the new world under the
   * same ids; without it they are forked here.
   */
  clone(files?: FileSystems<FileSystem>): Machine {
    const own = files ?? new Map([...this.kernel.namespace.files].map(([id, fs]) => [id, fs.fork()]))
    return new Machine(copy({ kernel: this.kernel, deferred: this.#deferred }, own))
  }
}

export type { Answer, Out } from './kernel/out.ts'
export type { MachineSpec, ProcessInfo, SpawnSpec } from './machine-spec.ts'
