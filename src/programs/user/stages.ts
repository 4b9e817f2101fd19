import { durationOf, type Time } from '../duration.ts'
import { answerHttp, type HttpAnswer, type HttpRequest } from '../http.ts'
import type { SignalName } from '../kernel/signals.ts'
import type { Calls } from './call.ts'
import type { Sys } from './sys.ts'
import type { Behaviour } from './user-program.ts'

/**
 * One stage of a program that is only described. The members of a stage happen in this order: `after`, `on`, `print`, `error`, `write`,
 * `listen`, `exit`.
 */
export interface Stage {
  /** Let so much time pass first. */
  readonly after?: Time
  /** Declares what a signal does from now on; `print` and `exit` of this stage are then for the signal. */
  readonly on?: SignalName
  /** A line on standard output. */
  readonly print?: string
  /** A line on standard error. */
  readonly error?: string
  /** Puts a text into a file. */
  readonly write?: { readonly path: string; readonly text: string }
  /** Opens a port. Connections are answered with `answer`, or as a web server by `http`; else they are accepted in silence. */
  readonly listen?: number
  readonly answer?: string
  /** By method and path: `{ 'GET /health': 'ok' }`; `*` answers all else. Default for the rest: 404. */
  readonly http?: Readonly<Record<string, string | HttpAnswer>>
  /** Stays up until a signal ends it; it does so by itself after the last stage when a port is open. */
  readonly stay?: true
  readonly exit?: number
}

/**
 * A program as a list of stages.
 * @example
 * tank.program('/usr/bin/api', [
 *   { print: 'starting' },
 *   { after: '200ms', print: 'ready', listen: 8080, http: { 'GET /health': 'ok' } },
 *   { on: 'TERM', print: 'bye', exit: 0 },
 * ])
 */
export function stages(list: readonly Stage[]): Behaviour {
  return function* (sys) {
    const ports: Port[] = []
    for (const stage of list) {
      if (stage.after !== undefined) yield* serve(sys, ports, stage.after)
      yield* perform(sys, stage, ports)
    }
    if (ports.length > 0) yield* serve(sys, ports)
    return 0
  }
}

interface Port {
  readonly fd: number
  readonly stage: Stage
  /** Accepted and not answered: they are kept open. */
  readonly connections: Map<number, Uint8Array>
}

function* perform(sys: Sys, stage: Stage, ports: Port[]): Calls<void> {
  if (stage.on !== undefined) {
    yield* sys.trap(stage.on, function* () {
      yield* tell(sys, stage)
      if (stage.exit !== undefined) yield* sys.exit(stage.exit)
    })
    return
  }
  yield* tell(sys, stage)
  if (stage.listen !== undefined) ports.push({ fd: yield* sys.listen(stage.listen), stage, connections: new Map() })
  if (stage.exit !== undefined) yield* sys.exit(stage.exit)
  if (stage.stay) yield* serve(sys, ports)
}

function* tell(sys: Sys, { print, error, write }: Stage): Calls<void> {
  if (print !== undefined) yield* sys.print(print)
  if (error !== undefined) yield* sys.error(error)
  if (write !== undefined) yield* sys.writeFile(write.path, write.text)
}

/** Answers on the ports until the time is over; for ever without one. */
function* serve(sys: Sys, ports: readonly Port[], time?: Time): Calls<void> {
  const end = time === undefined ? undefined : (yield* sys.now()) + durationOf(time)
  for (;;) {
    const fds = ports.flatMap(({ fd, connections }) => [fd, ...connections.keys()])
    const left = end === undefined ? undefined : Math.max(0, end - (yield* sys.now())) / 1000
    if (left === 0) return
    const ready = yield* sys.poll(fds, left)
    if (ready === undefined) return
    const port = ports.find(({ fd, connections }) => fd === ready || connections.has(ready))!
    if (port.fd === ready) yield* greet(sys, port)
    else yield* hear(sys, port, ready)
  }
}

function* greet(sys: Sys, { fd, stage, connections }: Port): Calls<void> {
  const connection = yield* sys.accept(fd)
  if (stage.answer === undefined) connections.set(connection, new Uint8Array())
  else {
    yield* sys.write(stage.answer, connection)
    yield* sys.close(connection)
  }
}

function* hear(sys: Sys, { stage, connections }: Port, fd: number): Calls<void> {
  const bytes = yield* sys.read(fd)
  if (bytes === undefined) {
    connections.delete(fd)
    yield* sys.close(fd)
  } else if (stage.http) {
    const { answer, rest } = answerHttp(connections.get(fd)!, bytes, (request) => choose(stage.http!, request))
    connections.set(fd, rest)
    if (answer.length > 0) yield* sys.write(answer, fd)
  }
}

function choose(http: NonNullable<Stage['http']>, { method, path }: HttpRequest): HttpAnswer {
  const found = http[`${method} ${path}`] ?? http[path] ?? http['*']
  if (found === undefined) return { status: 404, body: 'not found\n' }
  return typeof found === 'string' ? { body: found } : found
}
