import { Problem } from '../core/problem.ts'
import type { Input, Request } from '../http/input.ts'
import type { Head, Reply } from '../http/reply.ts'
import type { Matched } from '../http/router.ts'
import type { Daemon } from './daemon.ts'
import { encode } from './encode.ts'
import type { Pump } from './pump.ts'
import type { Served, ServedStream } from './served.ts'
import type { System, Timed } from './system.ts'

/**
 * READ THIS FIRST. A request becomes a response: match → (ask) → command → dispatch → reply → respond.
 *
 * `dispatch` decides the command into events and evolves the state by each of them (store.ts); what else an event sets
 * in motion (a program that runs, a request to the other system) is done by `settle` until nothing more can happen at
 * this instant (daemon.ts). A long answer is a fold over later events, which a pump carries to whoever reads (pump.ts).
 */
export function serve<S extends Timed<C>, C, E, F>(daemon: Daemon<S, C, E, F>, request: Request): Served {
  const { system } = daemon
  const matched = system.router.match(request)
  if (!matched) return { kind: 'answer', answer: encode(system.surface.lost(request)) }
  if ('location' in matched)
    return { kind: 'answer', answer: { status: 301, headers: [['Location', matched.location]], body: [] } }
  const input = inputOf(system, request, matched)
  let refuse = system.surface.refuse
  try {
    system.surface.admit(input, daemon.store.state)
    refuse = matched.route.refuse ?? refuse
    const asking = matched.route.ask?.(input, daemon.store.state)
    const known = asking ? { ...input, asked: daemon.ask(asking) } : input
    const command = matched.route.command?.(known, daemon.store.state)
    const events = command ? daemon.dispatch(command) : []
    const reply = matched.route.reply({ state: daemon.store.state, events, input: known })
    return respond(daemon, reply, matched, known)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const answer = refuse(problem, input.version)
    return { kind: 'answer', answer: encode(answer, system.surface.headers(daemon.store.state)) }
  }
}

function inputOf<S extends Timed<C>, C, E, F>(
  system: System<S, C, E, F>,
  request: Request,
  { params, query, version }: Matched<unknown>,
): Input {
  return { request, params, query, version: version ?? system.surface.version }
}

function respond<S extends Timed<C>, C, E, F>(
  daemon: Daemon<S, C, E, F>,
  reply: Reply<S, C, E>,
  { route }: Matched<System<S, C, E, F>['router']['routes'][number]>,
  input: Input,
): Served {
  const { surface } = daemon.system
  const headers = surface.headers(daemon.store.state)
  if ('later' in reply) return later(daemon, daemon.pump(reply.later, reply.left), route.operationId, input)
  if ('upgrade' in reply) {
    const pump = daemon.pump(reply.upgrade.follow)
    daemon.settle()
    return { kind: 'hijack', upgrade: reply.upgrade, pump, input: daemon.input(reply.upgrade, pump) }
  }
  if ('follow' in reply) {
    const pump = daemon.pump(reply.follow, reply.left)
    daemon.settle()
    return { kind: 'stream', status: reply.status, headers: [...headers, ...(reply.headers ?? [])], pump }
  }
  daemon.settle()
  return { kind: 'answer', answer: encode(surface.shape(reply, route.operationId, input), headers) }
}

/** What is known at this instant is an answer, or a stream; else the door waits for the pump. */
function later<S extends Timed<C>, C, E, F>(
  daemon: Daemon<S, C, E, F>,
  pump: Pump<S, E>,
  operationId: string,
  input: Input,
): Served {
  const { surface } = daemon.system
  const finish = (answer: Parameters<typeof encode>[0]) =>
    encode(surface.shape(answer, operationId, input), surface.headers(daemon.store.state))
  const begin = ({ status, headers = [] }: Head): ServedStream => ({
    kind: 'stream',
    status,
    headers: [...surface.headers(daemon.store.state), ...headers],
    pump,
  })
  daemon.settle()
  if (pump.answer) return { kind: 'answer', answer: finish(pump.answer) }
  return pump.head ? begin(pump.head) : { kind: 'later', pump, finish, begin }
}
