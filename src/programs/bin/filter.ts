import { joinBytes } from '../../storage/join-bytes.ts'
import { NO_BYTES } from '../kernel/bytes.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { exit, PAUSE, type Program, RUN, type Wait } from '../kernel/program.ts'
import { RESIDENT } from '../kernel/spawn.ts'
import { decode } from '../text/codec.ts'
import { Call, type Frame } from './call.ts'
import { begin, flush, type Tool } from './tool.ts'

/** A program over its inputs: the files named, or standard input. Back-pressure and SIGPIPE are none of its business. */
export interface Filter<Data> extends Omit<Tool<Data>, 'run'> {
  /** The inputs; `-` is standard input. Default: the operands, or standard input where there are none. */
  inputs?(call: Call<Data>): readonly string[]
  /** Before the first input. A number ends the program at once. */
  start?(call: Call<Data>): number | undefined | void
  /** An input begins. */
  open?(call: Call<Data>, name: string): void
  /** Bytes as they come, or else … */
  chunk?(call: Call<Data>, bytes: Uint8Array): void
  /** … one line at a time, without its newline; `ended` is false where the last line has none. */
  line?(call: Call<Data>, line: string, ended: boolean): void
  /** It keeps all that it reads until the end. */
  readonly keeps?: boolean
  /** Bytes that it holds in memory, where that is something else. */
  holds?(data: Data): number
  /** Work left from what was read; true: there is more of it, before anything else is read. */
  busy?(call: Call<Data>): boolean
  /** An input ended. */
  close?(call: Call<Data>, name: string): void
  /** After the last input; a number is the exit code. It may `sleepUntil` and is called again then (tail -f). */
  end?(call: Call<Data>): number | undefined | void
  /** Whether it says nothing of inputs that cannot be opened. */
  silent?(call: Call<Data>): boolean
  /** Exit code when an input cannot be opened: 1, unless said otherwise. */
  readonly errorCode?: number
  /** The words for an input that cannot be opened. */
  readonly cannotOpen?: (path: string, why: string) => string
  /** The words for one that cannot be read: a directory. */
  readonly cannotRead?: (path: string, why: string) => string
}

export interface FilterFrame<Data> extends Frame<Data> {
  begun: boolean
  inputs: readonly string[]
  next: number
  /** The descriptor being read. */
  fd: number | undefined
  current: string
  /** The beginning of a line whose end has not come yet, in pieces. */
  partial: Uint8Array[]
  /** Bytes read so far. */
  total: number
}

/** How many reads one step may do. */
const READS = 32

/**
 * @example
 * export const rev = filter({ name: 'rev', short: '', line: (call, line) => call.out(`${[...line].reverse().join('')}\n`) })
 */
export function filter<Data = undefined>(rules: Filter<Data>): Program<FilterFrame<Data>> {
  return {
    name: rules.name,
    init: (process, kernel) => ({
      begun: false,
      inputs: [],
      next: 0,
      fd: undefined,
      current: '',
      partial: [],
      total: 0,
      ...begin(rules, process, kernel),
    }),
    step(kernel, process, frame) {
      for (let left = READS; left > 0; left--) {
        const waits = turn(rules, kernel, process, frame)
        if (waits) return waits
      }
      return { type: 'run' }
    },
  }
}

/** One thing done; a Wait when there is something to wait for. */
function turn<Data>(rules: Filter<Data>, kernel: Kernel, process: Process, frame: FilterFrame<Data>): Wait | undefined {
  const waits = flush(kernel, process, frame)
  if (waits) return waits
  if (frame.finished) return exit(frame.code)
  if (frame.until !== undefined && kernel.now < frame.until) return { type: 'sleep', until: frame.until }
  frame.until = undefined
  const call = new Call(kernel, process, frame, rules.name)
  if (!frame.begun) start(rules, call, frame)
  else if (rules.busy?.(call)) return call.paused ?? RUN
  else if (frame.fd !== undefined) return read(rules, call, frame)
  else if (frame.next < frame.inputs.length) open(rules, call, frame)
  else end(rules, call, frame)
  return call.paused
}

function start<Data>(rules: Filter<Data>, call: Call<Data>, frame: FilterFrame<Data>): void {
  frame.begun = true
  const code = call.attempt(() => rules.start?.(call))
  if (typeof code === 'number') call.finish(code)
  frame.inputs = rules.inputs?.(call) ?? (call.operands.length > 0 ? call.operands : ['-'])
}

function open<Data>(rules: Filter<Data>, call: Call<Data>, frame: FilterFrame<Data>): void {
  const name = frame.inputs[frame.next++]!
  if (name === '-') frame.fd = 0
  else {
    const fd = rules.silent?.(call)
      ? openSilently(call, name)
      : call.attempt(() => openFile(call, name), rules.cannotOpen, name)
    if (fd === undefined) {
      if (rules.errorCode !== undefined) frame.code = rules.errorCode
      return
    }
    frame.fd = fd
  }
  frame.current = name
  rules.open?.(call, name)
}

function openSilently<Data>(call: Call<Data>, name: string): number | undefined {
  try {
    return openFile(call, name)
  } catch {
    call.frame.code ||= 1
    return undefined
  }
}

function openFile<Data>({ kernel, process }: Call<Data>, name: string): number {
  return kernel.addfd(process, kernel.open(process, name, 'r'), 3)
}

function read<Data>(rules: Filter<Data>, call: Call<Data>, frame: FilterFrame<Data>): Wait | undefined {
  const fd = frame.fd!
  let bytes: Uint8Array | null
  try {
    bytes = call.kernel.read(call.process, fd)
  } catch (error) {
    call.failWith(error, rules.cannotRead ?? ((name, why) => `${name}: ${why}`), frame.current)
    bytes = NO_BYTES
  }
  if (bytes === null) return { type: 'read', fd }
  account(rules, call, frame, bytes.length)
  if (call.process.dead) return PAUSE
  if (bytes.length === 0) close(rules, call, frame)
  else if (rules.chunk) rules.chunk(call, bytes)
  else if (rules.line) lines(rules.line.bind(rules), call, frame, bytes)
  return undefined
}

/** What is kept counts against the memory limit. */
function account<Data>(rules: Filter<Data>, call: Call<Data>, frame: FilterFrame<Data>, read: number): void {
  frame.total += read
  const kept = rules.keeps ? frame.total : (rules.holds?.(frame.data) ?? 0)
  const bytes = RESIDENT + kept + frame.partial.reduce((sum, { length }) => sum + length, 0)
  if (Math.abs(bytes - call.process.memory) >= GRAIN) call.kernel.allocate(call.process, bytes)
}

/** Less is not worth counting. */
const GRAIN = 65_536

function lines<Data>(
  line: NonNullable<Filter<Data>['line']>,
  call: Call<Data>,
  frame: FilterFrame<Data>,
  bytes: Uint8Array,
): void {
  if (!bytes.includes(10)) return void frame.partial.push(bytes.slice())
  const all = frame.partial.length > 0 ? joinBytes([...frame.partial, bytes]) : bytes
  let from = 0
  for (let at = all.indexOf(10); at >= 0 && !frame.finished; at = all.indexOf(10, from)) {
    line(call, decode(all.subarray(from, at)), true)
    from = at + 1
  }
  frame.partial = from < all.length ? [all.slice(from)] : []
}

function close<Data>(rules: Filter<Data>, call: Call<Data>, frame: FilterFrame<Data>): void {
  if (frame.fd !== 0) call.kernel.close(call.process, frame.fd!)
  frame.fd = undefined
  if (frame.partial.length > 0 && rules.line) {
    const rest = decode(joinBytes(frame.partial))
    frame.partial = []
    rules.line(call, rest, false)
  }
  rules.close?.(call, frame.current)
}

function end<Data>(rules: Filter<Data>, call: Call<Data>, frame: FilterFrame<Data>): void {
  const code = call.attempt(() => rules.end?.(call))
  if (call.paused) return
  if (typeof code === 'number') frame.code ||= code
  if (frame.until === undefined) frame.finished = true
}
