import { FileError } from '../../storage/file-error.ts'
import { joinBytes } from '../../storage/join-bytes.ts'
import { strerror } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { exit, type Program, type Wait } from '../kernel/program.ts'
import { Call, type Frame } from './call.ts'
import { type OptionRules, parseArguments } from './options.ts'

/** The exit code of a process that SIGPIPE ended. */
export const BROKEN_PIPE = 141

/** A program that does its work at once (though it may sleep and be called again). */
export interface Tool<Data> extends OptionRules {
  readonly name: string
  /** The line after `Usage: `, told when the options make no sense. */
  readonly usage?: string
  /** Exit code for options that make no sense. */
  readonly usageCode?: number
  readonly data?: () => Data
  /** A number is the exit code; nothing is what `fail` left, or that it sleeps. */
  run(call: Call<Data>): number | undefined | void
}

/**
 * @example
 * export const whoami = tool({ name: 'whoami', short: '', run: (call) => call.out('root\n') })
 */
export function tool<Data = undefined>(rules: Tool<Data>): Program<Frame<Data>> {
  return {
    name: rules.name,
    init: (process, kernel) => begin(rules, process, kernel),
    step(kernel, process, frame) {
      const waits = flush(kernel, process, frame)
      if (waits) return waits
      if (frame.finished) return exit(frame.code)
      if (frame.until !== undefined && kernel.now < frame.until) return { type: 'sleep', until: frame.until }
      frame.until = undefined
      const call = new Call(kernel, process, frame, rules.name)
      const code = call.attempt(() => rules.run(call))
      if (call.paused) return call.paused
      if (typeof code === 'number') frame.code ||= code
      if (frame.until === undefined) frame.finished = true
      return { type: 'run' }
    },
  }
}

/** The frame of a program that was just started; with options that make no sense it is a finished one. */
export function begin<Data>(
  rules: Pick<Tool<Data>, 'name' | 'usage' | 'usageCode' | 'data'> & OptionRules,
  process: Process,
  kernel: Kernel,
): Frame<Data> {
  const args = parseArguments(process.argv.slice(1), rules)
  const frame: Frame<Data> = {
    args: 'wrong' in args ? { flags: new Set(), values: new Map(), all: new Map(), operands: [] } : args,
    data: rules.data?.() as Data,
    out: [],
    code: 0,
    finished: false,
    until: undefined,
  }
  if ('wrong' in args) {
    const call = new Call(kernel, process, frame, rules.name)
    call.fail(args.wrong)
    usage(call, rules.usage)
    call.finish(rules.usageCode ?? 1)
  }
  return frame
}

/** busybox's help, as far as it is the same for every applet. */
export function usage<Data>(call: Call<Data>, line = call.name): void {
  call.kernel.puts(call.process, 2, `BusyBox v1.36.1 (2024-09-26 21:31:42 UTC) multi-call binary.\n\nUsage: ${line}\n`)
}

/** A disk that is full ends the program. */
function attempt(kernel: Kernel, process: Process, bytes: Uint8Array): number | Wait {
  try {
    return kernel.write(process, 1, bytes)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    kernel.puts(process, 2, `${process.argv[0]}: write error: ${strerror(error.code)}\n`)
    return exit(1)
  }
}

/** Hands the output on; gives what to wait for while some is left. */
export function flush(kernel: Kernel, process: Process, { out }: Frame<unknown>): Wait | undefined {
  // Many small pieces go out as one.
  if (out.length > 1) out.splice(0, out.length, joinBytes(out))
  while (out.length > 0) {
    const first = out[0]!
    const taken = attempt(kernel, process, first)
    if (typeof taken !== 'number') return taken
    if (taken < 0) return exit(BROKEN_PIPE)
    if (taken === 0) return { type: 'write', fd: 1 }
    if (taken < first.length) out[0] = first.subarray(taken)
    else out.shift()
  }
  return undefined
}
