import type { Duration } from '../../core/instant.ts'
import { EXECUTE, permits } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { isDirectory } from '../../storage/inode.ts'
import { utf8 } from './bytes.ts'
import { addDescriptor, release, retain, setDescriptor } from './descriptors.ts'
import { allocate, exitProcess } from './exit.ts'
import { read, readable, writable, write } from './io.ts'
import { KernelState } from './kernel-state.ts'
import type { Protocol } from './listener.ts'
import { type Loaded, load } from './load.ts'
import { openFile } from './open.ts'
import type { Mode, OpenFile } from './open-file.ts'
import type { Answer, Query } from './out.ts'
import { pipe } from './pipe.ts'
import type { Process, Zombie } from './process.ts'
import type { Program } from './program.ts'
import { nextRandom } from './random.ts'
import { wake } from './run.ts'
import { raise, raiseGroup } from './signal.ts'
import type { Socket } from './socket.ts'
import { openListener, openSocket, shutdown } from './sockets.ts'
import { execute, type Inheritance, spawnChild } from './spawn.ts'
import { access, fstat, readdir, readlink, type Stat, stat } from './stat.ts'

/** What programs see of the machine: its state, and the system calls. Nothing here knows the host's clock. */
export class Kernel extends KernelState {
  // Processes

  /** Starts a child. With `frame` it goes on from there (a fork), else `program` starts anew. Throws EAGAIN at the limit of processes. */
  spawn(program: Program, argv: readonly string[], parent: Process, own?: Inheritance): Process {
    return spawnChild(this, parent, program, argv, own)
  }

  /** The process becomes `program`; the step that calls this returns `{ type: 'exec' }`. */
  exec(process: Process, program: Program, argv: readonly string[], env?: Map<string, string>, path?: string): void {
    execute(this, process, program, argv, env, path)
  }

  /** What running the file at `path` means: its program (an interpreter for a script) and the arguments that it gets. Throws FileError. */
  load(process: Process, path: string, argv: readonly string[]): Loaded {
    return load(this, process, path, argv)
  }

  exit(process: Process, status: number): void {
    exitProcess(this, process, status)
  }

  /** Takes an ended child out; -1: any. Undefined when none has ended. */
  reap(process: Process, pid = -1): Zombie | undefined {
    const at = process.zombies.findIndex((zombie) => pid === -1 || zombie.pid === pid)
    return at < 0 ? undefined : process.zombies.splice(at, 1)[0]
  }

  /** From one process of the machine to another. */
  signal(process: Process, signal: number): void {
    raise(this, process, signal)
  }

  killpg(pgid: number, signal: number): void {
    raiseGroup(this, pgid, signal)
  }

  wake(process: Process): void {
    wake(this, process)
  }

  /** The program now holds `bytes` beyond what it is made of; the memory limit counts them. */
  allocate(process: Process, bytes: number): void {
    allocate(this, process, bytes)
  }

  /**
   * The present step did as much work as so many: a step that runs many instructions of an interpreter says so, or virtual time would pass too slowly for it.
   */
  charge(process: Process, steps: number): void {
    const whole = Math.floor(steps)
    process.steps += whole
    process.burst += whole
    this.crowd += whole
  }

  /** A number of 32 bits. */
  nextRandom(): number {
    return nextRandom(this)
  }

  notice(text: string): void {
    this.outbox.push({ type: 'notice', text })
  }

  // Descriptors

  /** An open file that no descriptor points to yet: give it to `setfd`, `addfd` or `spawn`. */
  open(process: Process, path: string, mode: Mode): OpenFile {
    return openFile(this, process, path, mode)
  }

  /** stat(2), or lstat(2) without `follow`; unlike `namespace.stat` it knows what the machine itself has at /proc and /dev. Throws FileError. */
  stat(process: Process, path: string, follow = true): Stat {
    return stat(this, process, path, follow)
  }

  fstat(process: Process, fd: number): Stat | undefined {
    const file = process.fds[fd]
    return file && fstat(this, process, file)
  }

  /** access(2): READ, WRITE, EXECUTE or-ed. */
  access(process: Process, path: string, wanted: number): boolean {
    return access(this, process, path, wanted)
  }

  /** The names in a directory, sorted; /proc too. */
  readdir(process: Process, path: string): string[] {
    return readdir(this, process, path)
  }

  readlink(process: Process, path: string): string {
    return readlink(this, process, path)
  }

  /** chdir(2) */
  chdir(process: Process, path: string): void {
    const caller = this.caller(process)
    const at = this.namespace.need(path, { cwd: process.cwd }, caller)
    const node = this.namespace.inode(at)
    if (!isDirectory(node)) throw new FileError('ENOTDIR', path)
    if (!permits(caller, node, EXECUTE)) throw new FileError('EACCES', path)
    process.cwd = at
  }

  /** null: it would block; no bytes: end of file. */
  read(process: Process, fd: number, max = 65_536): Uint8Array | null {
    return read(this, process, fd, max)
  }

  /** The bytes that were taken; 0: it would block; -1: EPIPE, and SIGPIPE was raised. */
  write(process: Process, fd: number, bytes: Uint8Array): number {
    return write(this, process, fd, bytes)
  }

  /** Writes text and does not care whether all of it got through: for error messages. */
  puts(process: Process, fd: number, text: string): void {
    if (process.fds[fd]) write(this, process, fd, utf8(text))
  }

  readable(process: Process, fd: number): boolean {
    const file = process.fds[fd]
    return file === undefined || readable(file)
  }

  writable(process: Process, fd: number): boolean {
    const file = process.fds[fd]
    return file === undefined || writable(file)
  }

  /** The two ends of a new pipe: read, write. */
  pipe(): [OpenFile, OpenFile] {
    const made = pipe()
    return [
      { kind: 'pipe-read', pipe: made, refs: 0 },
      { kind: 'pipe-write', pipe: made, refs: 0 },
    ]
  }

  /** dup2 and close: `fd` points to `file`, or to nothing. */
  setfd(process: Process, fd: number, file: OpenFile | undefined): void {
    setDescriptor(this, process, fd, file)
  }

  /** The lowest free descriptor from `from` on now points to `file`. */
  addfd(process: Process, file: OpenFile, from = 0): number {
    return addDescriptor(this, process, file, from)
  }

  close(process: Process, fd: number): void {
    setDescriptor(this, process, fd, undefined)
  }

  /** Keeps an open file without a descriptor. */
  ref(file: OpenFile): void {
    retain(this, file)
  }

  unref(file: OpenFile): void {
    release(this, file)
  }

  // Network

  /** A descriptor that listens; throws EADDRINUSE. Port 0 takes a free one. */
  listen(process: Process, port: number, host = '0.0.0.0', proto: Protocol = 'tcp'): number {
    return this.addfd(process, { kind: 'listener', listener: openListener(this, host, port, proto), refs: 0 }, 3)
  }

  /** A descriptor for the next connection; null: it would block. */
  accept(process: Process, fd: number): number | null {
    const file = process.fds[fd]
    const socket = file?.kind === 'listener' ? file.listener.backlog.shift() : undefined
    return socket ? this.addfd(process, { kind: 'socket', socket, refs: 0 }, 3) : null
  }

  /** A descriptor that becomes writable when the connection stands or failed (then `read` and `write` throw). `host` is an address. */
  connect(process: Process, host: string, port: number): number {
    return this.addfd(process, { kind: 'socket', socket: openSocket(this, { host, port }), refs: 0 }, 3)
  }

  socket(process: Process, fd: number): Socket | undefined {
    const file = process.fds[fd]
    return file?.kind === 'socket' ? file.socket : undefined
  }

  /** No more will be sent; what comes in can still be read. */
  shutdown(process: Process, fd: number): void {
    const socket = this.socket(process, fd)
    if (socket) shutdown(this, socket)
  }

  /** Asks the outside; wait with `{ type: 'answer', query }`. */
  ask(query: Query): number {
    const number = this.nextQuery++
    this.outbox.push({ type: 'query', query: number, ...query })
    return number
  }

  answer(query: number): Answer | undefined {
    const answer = this.answers.get(query)
    this.answers.delete(query)
    return answer
  }

  /** CPU time that a process used. */
  cpu(process: Process): Duration {
    return Math.round(process.steps * 1.25)
  }
}
