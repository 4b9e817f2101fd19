import { Sequence } from '../../core/sequence.ts'
import { errorText } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { exit, type Program, RUN, type Wait } from '../kernel/program.ts'
import type { Calls, Handler, Request } from './call.ts'
import { type Buffers, type Progress, perform } from './perform.ts'
import { Sys } from './sys.ts'

/** A program as a generator function: it yields system calls and may return its exit code. */
export type Behaviour = (sys: Sys) => Calls<number | void>

/** What came into the generator, in order: enough to bring another one to the same place. */
type Entry =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'signal'; readonly signal: number }

/** Plain data; the generator itself is found, or made anew from the trace, by `runOf`. */
export interface Frame {
  trace: Sequence<Entry>
  /** One for the program and one for each handler that runs above it. */
  progress: Progress[]
  /** Signals with a handler. */
  traps: number[]
  readonly buffers: Buffers
}

interface Run {
  /** The program at the bottom, handlers above it; each with the call that it waits for. */
  readonly stack: { readonly generator: Calls<unknown>; request: Request }[]
  readonly handlers: Map<number, Handler>
  ended: { readonly code: number } | undefined
}

/** Calls done in one step. */
const BUDGET = 64

/**
 * Makes a program of a generator function. On a fork of the machine the generator is made anew and fed what came in so far, so it must depend
 * on nothing but its calls: no clock of the host, no Math.random, no variables outside of it that change.
 */
export function userProgram(name: string, behaviour: Behaviour): Program<Frame> {
  // Generators cannot be copied: each frame finds its own here, and a fork's frame finds none and replays.
  const runs = new WeakMap<Frame, Run>()
  const runOf = (process: Process, frame: Frame): Run => {
    let run = runs.get(frame)
    if (!run) {
      run = replay(behaviour, process, frame)
      runs.set(frame, run)
    }
    return run
  }
  return {
    name,
    init: () => ({ trace: Sequence.empty, progress: [{}], traps: [], buffers: new Map() }),
    onSignal: (_process, frame, signal) => frame.traps.includes(signal),
    step(kernel, process, frame) {
      try {
        return advance(kernel, process, frame, runOf(process, frame))
      } catch (error) {
        return fail(kernel, process, error)
      }
    },
  }
}

function fail(kernel: Kernel, process: Process, error: unknown): Wait {
  const words = errorText(error)
  if (words === undefined) kernel.notice(`${process.path}: ${error instanceof Error ? error.stack : String(error)}`)
  if (!process.dead) kernel.puts(process, 2, `${process.argv[0]}: ${words ?? String(error)}\n`)
  return exit(1)
}

function replay(behaviour: Behaviour, process: Process, frame: Frame): Run {
  const run: Run = { stack: [], handlers: new Map(), ended: undefined }
  begin(run, behaviour(new Sys(process.argv, process.env)))
  for (const entry of frame.trace) settle(run, entry)
  return run
}

function begin(run: Run, generator: Calls<unknown>): void {
  const first = generator.next()
  if (!first.done) run.stack.push({ generator, request: first.value.request })
  else if (run.stack.length === 0) run.ended = { code: codeOf(first.value) }
}

const codeOf = (returned: unknown) => (typeof returned === 'number' ? returned : 0)

/** Brings the generators one entry further: the same when it happens and in a replay. */
function settle(run: Run, entry: Entry): void {
  if (entry.type === 'signal') {
    const handler = run.handlers.get(entry.signal)
    if (handler) begin(run, handler(entry.signal))
    return
  }
  const top = run.stack.at(-1)!
  if (top.request.call === 'trap') trap(run, top.request)
  const next = entry.type === 'error' ? top.generator.throw(entry.error) : top.generator.next(entry.value)
  if (!next.done) {
    top.request = next.value.request
    return
  }
  run.stack.pop()
  if (run.stack.length === 0) run.ended = { code: codeOf(next.value) }
}

function trap({ handlers }: Run, { signals, handler }: Extract<Request, { call: 'trap' }>): void {
  for (const signal of signals) {
    if (typeof handler === 'function') handlers.set(signal, handler)
    else handlers.delete(signal)
  }
}

function advance(kernel: Kernel, process: Process, frame: Frame, run: Run): Wait {
  for (let budget = BUDGET; budget > 0; budget--) {
    const signal = process.pending.shift()
    if (signal !== undefined) record(frame, run, { type: 'signal', signal })
    if (run.ended) return exit(run.ended.code)
    const { request } = run.stack.at(-1)!
    const entry = attempt(kernel, process, frame, request)
    if (process.dead) return exit(0)
    if ('wait' in entry) return entry.wait
    if (request.call === 'trap') ignore(process, request)
    record(frame, run, entry)
  }
  return RUN
}

function record(frame: Frame, run: Run, entry: Entry): void {
  frame.trace = frame.trace.append(entry)
  settle(run, entry)
  if (entry.type === 'signal') {
    for (const below of frame.progress) below.woken = true
    while (frame.progress.length < run.stack.length) frame.progress.push({})
  } else frame.progress = [...frame.progress.slice(0, Math.max(0, run.stack.length - 1)), ...topProgress(frame, run)]
  frame.traps = [...run.handlers.keys()]
}

/** The top's call is done: a new one begins at its beginning; but when a handler has ended, the call below goes on where it was. */
function topProgress(frame: Frame, run: Run): Progress[] {
  const ended = run.stack.length < frame.progress.length
  return run.stack.length === 0 ? [] : [ended ? frame.progress[run.stack.length - 1]! : {}]
}

function ignore(process: Process, { signals, handler }: Extract<Request, { call: 'trap' }>): void {
  for (const signal of signals) {
    if (handler === 'ignore') process.ignored.add(signal)
    else process.ignored.delete(signal)
  }
}

function attempt(kernel: Kernel, process: Process, frame: Frame, request: Request): Entry | { readonly wait: Wait } {
  try {
    const outcome = perform(kernel, process, request, frame.progress.at(-1)!, frame.buffers)
    return 'wait' in outcome ? outcome : { type: 'value', value: outcome.value }
  } catch (error) {
    if (errorText(error) === undefined) throw error
    return { type: 'error', error }
  }
}
