import type { Duration, Instant } from '../../core/instant.ts'
import { durationOf, type Time } from '../duration.ts'
import { utf8 } from '../kernel/bytes.ts'
import type { Mode } from '../kernel/open-file.ts'
import { SIGNALS, type SignalName } from '../kernel/signals.ts'
import { type Handler, type Request, SystemCall } from './call.ts'

const call = <Result>(request: Request) => new SystemCall<Result>(request)
const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? utf8(content) : content.slice())
const numberOf = (signal: SignalName | number) => (typeof signal === 'number' ? signal : SIGNALS[signal])

/**
 * The system calls of a program that is written as a generator function. Each gives a call to `yield`; calls that Linux would refuse throw
 * into the generator (`FileError` with its `code` and `path`, `CallError` with its `code`).
 * @example
 * tank.program('/usr/bin/greet', function* (sys) {
 *   yield sys.print(`hello, ${sys.args[0] ?? 'world'}`)
 *   for (;;) {
 *     const line = yield* sys.readLine()
 *     if (line === undefined) return 0
 *     yield sys.sleep('200ms')
 *     yield sys.print(line.toUpperCase())
 *   }
 * })
 */
export class Sys {
  /** The arguments after the program's name. */
  readonly args: readonly string[]
  /** The name that it was called by. */
  readonly name: string
  readonly env: Readonly<Record<string, string>>

  constructor(argv: readonly string[], env: ReadonlyMap<string, string>) {
    this.name = argv[0] ?? ''
    this.args = argv.slice(1)
    this.env = Object.freeze(Object.fromEntries(env))
  }

  // Output and input

  /** All of it, however long it takes. */
  write(content: string | Uint8Array, fd = 1): SystemCall<void> {
    return call({ call: 'write', fd, bytes: bytesOf(content) })
  }

  /** A line on standard output. */
  print(line: string): SystemCall<void> {
    return this.write(`${line}\n`)
  }

  /** A line on standard error. */
  error(line: string): SystemCall<void> {
    return this.write(`${line}\n`, 2)
  }

  /** What is there, at least a byte; undefined at the end. */
  read(fd = 0, max = 65_536): SystemCall<Uint8Array | undefined> {
    return call({ call: 'read', fd, max })
  }

  /** Without its new line; undefined at the end. */
  readLine(fd = 0): SystemCall<string | undefined> {
    return call({ call: 'readLine', fd })
  }

  // Time

  sleep(time: Time): SystemCall<void> {
    return call({ call: 'sleep', duration: durationOf(time) })
  }

  /** Until a trapped signal came and its handler ran. */
  pause(): SystemCall<void> {
    return call({ call: 'pause' })
  }

  /** Virtual time, microseconds since the epoch. */
  now(): SystemCall<Instant> {
    return call({ call: 'now' })
  }

  /** In [0, 1), from the tank's seed. */
  random(): SystemCall<number> {
    return call({ call: 'random' })
  }

  // Files

  /** A descriptor: `r`, `w` (truncates), `a` (appends), `rw`. */
  open(path: string, mode: Mode = 'r'): SystemCall<number> {
    return call({ call: 'open', path, mode })
  }

  close(fd: number): SystemCall<void> {
    return call({ call: 'close', fd })
  }

  readFile(path: string): SystemCall<string> {
    return call({ call: 'readFile', path })
  }

  writeFile(path: string, content: string | Uint8Array): SystemCall<void> {
    return call({ call: 'writeFile', path, bytes: bytesOf(content), append: false })
  }

  appendFile(path: string, content: string | Uint8Array): SystemCall<void> {
    return call({ call: 'writeFile', path, bytes: bytesOf(content), append: true })
  }

  exists(path: string): SystemCall<boolean> {
    return call({ call: 'exists', path })
  }

  readdir(path: string): SystemCall<readonly string[]> {
    return call({ call: 'readdir', path })
  }

  /** With the directories above it; one that is there already is fine. */
  mkdir(path: string): SystemCall<void> {
    return call({ call: 'mkdir', path })
  }

  remove(path: string): SystemCall<void> {
    return call({ call: 'remove', path })
  }

  // Network

  /** A descriptor to `accept` from; the port can be reached through published ports and by other containers. */
  listen(port: number, host = '0.0.0.0'): SystemCall<number> {
    return call({ call: 'listen', port, host })
  }

  /** A descriptor of the next connection. */
  accept(fd: number): SystemCall<number> {
    return call({ call: 'accept', fd })
  }

  /** A descriptor of a connection that stands; `host` is a name or an address. */
  connect(host: string, port: number): SystemCall<number> {
    return call({ call: 'connect', host, port })
  }

  /** Addresses of a name; none: there is no such name. */
  resolve(name: string): SystemCall<readonly string[]> {
    return call({ call: 'resolve', name })
  }

  /** Sends an echo request to an address: how long the answer took, in microseconds; undefined: nobody answers. */
  ping(host: string): SystemCall<Duration | undefined> {
    return call({ call: 'ping', host })
  }

  /** No more will be sent on the connection. */
  shutdown(fd: number): SystemCall<void> {
    return call({ call: 'shutdown', fd })
  }

  /** The first of the descriptors that can be read (or accepted from); undefined after `timeout`. */
  poll(fds: readonly number[], timeout?: Time): SystemCall<number | undefined> {
    return call({ call: 'poll', fds, timeout: timeout === undefined ? undefined : durationOf(timeout) })
  }

  // Processes

  /** Starts a child by PATH, with this program's descriptors (or others as its input, output and error); gives its pid. */
  spawn(
    argv: readonly string[],
    env?: Readonly<Record<string, string>>,
    fds: readonly [number, number, number] = [0, 1, 2],
  ): SystemCall<number> {
    return call({ call: 'spawn', argv, env, fds })
  }

  /** Waits for a child (-1: any) and gives its exit status. */
  wait(pid = -1): SystemCall<{ readonly pid: number; readonly status: number }> {
    return call({ call: 'wait', pid })
  }

  /** A negative pid is a process group. */
  kill(pid: number, signal: SignalName | number = 'TERM'): SystemCall<void> {
    return call({ call: 'kill', pid, signal: numberOf(signal) })
  }

  /**
   * What happens when the signal comes. A handler runs at once, whatever the program waits for; then the program goes on where it was. Without
   * a trap a signal ends the program, except as PID 1, which then gets no signal but KILL.
   * @example
   * yield sys.trap('TERM', function* () { yield sys.print('bye'); yield sys.exit(0) })
   */
  trap(signal: SignalName | number | readonly SignalName[], handler: Handler | 'ignore' | 'default'): SystemCall<void> {
    const signals = (Array.isArray(signal) ? signal : [signal]) as readonly (SignalName | number)[]
    return call({ call: 'trap', signals: signals.map(numberOf), handler })
  }

  identity(): SystemCall<{ readonly pid: number; readonly uid: number; readonly gid: number; readonly cwd: string }> {
    return call({ call: 'identity' })
  }

  /** The size of the terminal on standard output; undefined when there is none. */
  terminal(): SystemCall<{ readonly cols: number; readonly rows: number } | undefined> {
    return call({ call: 'terminal' })
  }

  exit(code = 0): SystemCall<never> {
    return call({ call: 'exit', code })
  }
}
