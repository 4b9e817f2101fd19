import type { Duration, Instant } from '../../core/instant.ts'
import { concat, NO_BYTES, utf8 } from '../kernel/bytes.ts'
import { CallError } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { exit, type Program, RUN, type Wait } from '../kernel/program.ts'
import type { Socket } from '../kernel/socket.ts'

/** A line of a service's log. */
export interface LogLine {
  /** Time since the line before. */
  readonly after?: Duration
  readonly stream?: 1 | 2
  readonly text: string
}

/** How a service comes up: it logs, opens its ports, and is ready; or it gives up. */
interface Boot<State> {
  readonly state: State
  readonly log: readonly LogLine[]
  /** Opened when the whole log is out. */
  readonly ports?: readonly number[]
  /** The address it listens at; default all. */
  readonly host?: string
  /** Ends with this after the log. */
  readonly exit?: number
}

/** What a service works with while it serves. */
export interface Context<State> {
  readonly kernel: Kernel
  readonly process: Process
  readonly state: State
  readonly now: Instant
  log(text: string, stream?: 1 | 2): void
}

/** A connection of a service. */
export interface Session<Data> {
  readonly data: Data
  readonly socket: Socket
  send(bytes: Uint8Array | string): void
  /** After what was sent is out. */
  close(): void
}

/** What a signal does: nothing, or these lines and the end. */
interface Farewell {
  readonly log?: readonly LogLine[]
  readonly exit?: number
}

/** A look-alike of a server: all of its state is plain data. */
export interface Service<State, Data> {
  readonly name: string
  boot(context: Omit<Context<unknown>, 'state' | 'log'>): Boot<State>
  /** What it keeps for a new connection; it may greet. */
  open(context: Context<State>, session: Omit<Session<Data>, 'data'>): Data
  /** Bytes came in, together with those that were left over; gives those that are left over now. */
  receive(context: Context<State>, session: Session<Data>, bytes: Uint8Array): Uint8Array
  /** The other side ended. */
  closed?(context: Context<State>, data: Data): void
  /** What else is due: called at each step; the next time it wants to be called. */
  tick?(context: Context<State>): Instant | undefined
  /** Ends it when it gives an exit code. */
  ended?(context: Context<State>): number | undefined
  readonly signals: Readonly<Record<number, (context: Context<State>) => Farewell>>
}

interface Connection<Data> {
  readonly fd: number
  readonly data: Data
  inbox: Uint8Array
  readonly outbox: Uint8Array[]
  closing: boolean
}

export interface Frame<State, Data> {
  readonly state: State
  log: readonly LogLine[]
  due: Instant
  readonly ports: readonly number[]
  readonly host: string
  exit: number | undefined
  readonly listeners: number[]
  readonly connections: Map<number, Connection<Data>>
}

/** The program that runs a service. */
export function serviceProgram<State, Data>(service: Service<State, Data>): Program<Frame<State, Data>> {
  return {
    name: service.name,
    init(process, kernel) {
      const { state, log, ports = [], host = '0.0.0.0', exit } = service.boot({ kernel, process, now: kernel.now })
      const due = kernel.now + (log[0]?.after ?? 0)
      return { state, log, due, ports, host, exit, listeners: [], connections: new Map() }
    },
    onSignal: (_process, _frame, signal) => signal in service.signals,
    step: (kernel, process, frame) => step(service, contextOf(kernel, process, frame.state), frame),
  }
}

function contextOf<State>(kernel: Kernel, process: Process, state: State): Context<State> {
  return {
    kernel,
    process,
    state,
    now: kernel.now,
    log: (text, stream = 1) => kernel.puts(process, stream, `${text}\n`),
  }
}

function step<State, Data>(service: Service<State, Data>, context: Context<State>, frame: Frame<State, Data>): Wait {
  const { process } = context
  for (let signal = process.pending.shift(); signal !== undefined; signal = process.pending.shift()) {
    const { log = [], exit } = service.signals[signal]?.(context) ?? {}
    if (exit !== undefined) return leave(context, log, exit)
    for (const { text, stream } of log) context.log(text, stream)
  }
  const waiting = sayNext(context, frame)
  if (waiting) return waiting
  if (frame.exit !== undefined) return exit(frame.exit)
  if (frame.listeners.length < frame.ports.length) return listen(context, frame)
  serve(service, context, frame)
  if (process.dead) return exit(0)
  const code = service.ended?.(context)
  if (code !== undefined) return exit(code)
  return waitOf(frame, service.tick?.(context))
}

function leave<State>(context: Context<State>, log: readonly LogLine[], code: number): Wait {
  for (const { text, stream } of log) context.log(text, stream)
  return exit(code)
}

/** The log of the start, line by line as its times say. */
function sayNext<State, Data>({ kernel, log }: Context<State>, frame: Frame<State, Data>): Wait | undefined {
  while (frame.log.length > 0) {
    if (kernel.now < frame.due) return { type: 'sleep', until: frame.due }
    const [line, ...rest] = frame.log
    log(line!.text, line!.stream)
    frame.log = rest
    frame.due = kernel.now + (rest[0]?.after ?? 0)
  }
  return undefined
}

function listen<State, Data>({ kernel, process, log }: Context<State>, frame: Frame<State, Data>): Wait {
  try {
    frame.listeners.push(kernel.listen(process, frame.ports[frame.listeners.length]!, frame.host))
    return RUN
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    log(`${process.argv[0]}: bind: Address already in use`, 2)
    return exit(1)
  }
}

function serve<State, Data>(service: Service<State, Data>, context: Context<State>, frame: Frame<State, Data>): void {
  const { kernel, process } = context
  for (const listener of frame.listeners)
    for (let fd = kernel.accept(process, listener); fd !== null; fd = kernel.accept(process, listener))
      greet(service, context, frame, fd)
  for (const connection of [...frame.connections.values()]) {
    hear(service, context, connection)
    flush(context, frame, connection)
  }
}

function greet<State, Data>(
  service: Service<State, Data>,
  context: Context<State>,
  frame: Frame<State, Data>,
  fd: number,
): void {
  const outbox: Uint8Array[] = []
  const half = { fd, inbox: NO_BYTES, outbox, closing: false }
  const data = service.open(context, sessionOf(context, half))
  frame.connections.set(fd, { ...half, data })
}

function sessionOf<State, C extends Omit<Connection<unknown>, 'data'>>(
  { kernel, process }: Context<State>,
  connection: C,
): Omit<Session<unknown>, 'data'> {
  return {
    socket: kernel.socket(process, connection.fd)!,
    send: (bytes) => connection.outbox.push(typeof bytes === 'string' ? utf8(bytes) : bytes),
    close: () => {
      connection.closing = true
    },
  }
}

function hear<State, Data>(service: Service<State, Data>, context: Context<State>, connection: Connection<Data>): void {
  const { kernel, process } = context
  // Who does not take the answers is not asked for more questions.
  while (!connection.closing && connection.outbox.length < 64) {
    const bytes = kernel.read(process, connection.fd)
    if (bytes === null) return
    if (bytes.length === 0) {
      connection.closing = true
      service.closed?.(context, connection.data)
      return
    }
    const all = connection.inbox.length > 0 ? concat(connection.inbox, bytes) : bytes
    const session = { ...sessionOf(context, connection), data: connection.data }
    connection.inbox = service.receive(context, session, all).slice()
  }
}

function flush<State, Data>(
  { kernel, process }: Context<State>,
  frame: Frame<State, Data>,
  connection: Connection<Data>,
): void {
  while (connection.outbox.length > 0) {
    const [bytes] = connection.outbox
    const taken = bytes!.length === 0 ? 0 : kernel.write(process, connection.fd, bytes!)
    if (taken < 0) connection.outbox.length = 0
    else if (taken === bytes!.length) connection.outbox.shift()
    else {
      connection.outbox[0] = bytes!.subarray(taken)
      return
    }
  }
  if (!connection.closing) return
  frame.connections.delete(connection.fd)
  kernel.close(process, connection.fd)
}

function waitOf<State, Data>({ listeners, connections }: Frame<State, Data>, until: Instant | undefined): Wait {
  const read = [...listeners]
  const write: number[] = []
  for (const { fd, outbox } of connections.values()) (outbox.length > 0 ? write : read).push(fd)
  return { type: 'poll', read, write, ...(until === undefined ? {} : { until }) }
}
