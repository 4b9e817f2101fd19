import type { Instant } from '../../core/instant.ts'
import type { Caller } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import type { Namespace, ResolveIn } from '../../storage/mount-namespace.ts'
import { strerror } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import type { Wait } from '../kernel/program.ts'
import { encode } from '../text/codec.ts'
import type { Arguments } from './options.ts'

/** What a filter or a tool remembers between steps: plain data, `data` being its own. */
export interface Frame<Data> {
  args: Arguments
  data: Data
  /** Bytes that standard output has not taken yet. */
  readonly out: Uint8Array[]
  code: number
  /** Nothing more to do once the output is out. */
  finished: boolean
  /** Until when it sleeps. */
  until: Instant | undefined
}

/** One call of a program: what it was asked, and how it speaks. Made anew for each step. */
export class Call<Data> {
  readonly kernel: Kernel
  readonly process: Process
  readonly frame: Frame<Data>
  readonly name: string
  /** Set by `pause`: what this step ends with. */
  paused: Wait | undefined

  constructor(kernel: Kernel, process: Process, frame: Frame<Data>, name: string) {
    this.kernel = kernel
    this.process = process
    this.frame = frame
    this.name = name
  }

  get data(): Data {
    return this.frame.data
  }

  get operands(): readonly string[] {
    return this.frame.args.operands
  }

  has(option: string): boolean {
    return this.frame.args.flags.has(option)
  }

  value(option: string): string | undefined {
    return this.frame.args.values.get(option)
  }

  values(option: string): readonly string[] {
    return this.frame.args.all.get(option) ?? []
  }

  /** To standard output; a full pipe makes the program wait after this step. */
  out(what: string | Uint8Array): void {
    const bytes = typeof what === 'string' ? encode(what) : what
    if (bytes.length > 0) this.frame.out.push(bytes)
  }

  /** `name: words` to standard error; the exit code becomes at least 1. */
  fail(words: string, code = 1): void {
    this.kernel.puts(this.process, 2, `${this.name}: ${words}\n`)
    this.frame.code ||= code
  }

  /** `name: path: No such file or directory`. Faults of our own are thrown on. */
  failWith(error: unknown, words = (path: string, why: string) => `${path}: ${why}`, path?: string): void {
    if (!(error instanceof FileError)) throw error
    this.fail(words(path ?? error.path ?? '', strerror(error.code)))
  }

  /** Runs `work`; a file error of it is told, and gives undefined. */
  attempt<T>(work: () => T, words?: (path: string, why: string) => string, path?: string): T | undefined {
    try {
      return work()
    } catch (error) {
      this.failWith(error, words, path)
      return undefined
    }
  }

  finish(code = this.frame.code): void {
    this.frame.code = code
    this.frame.finished = true
  }

  /** The step ends here; the program is called again when what it waits for is there. */
  pause(wait: Wait): void {
    this.paused = wait
  }

  sleepUntil(at: Instant): void {
    this.frame.until = at
  }

  get files(): Namespace {
    return this.kernel.namespace
  }

  get caller(): Caller {
    return this.kernel.caller(this.process)
  }

  /** Paths are relative to the working directory. */
  get here(): ResolveIn {
    return { cwd: this.process.cwd }
  }

  get there(): ResolveIn {
    return { cwd: this.process.cwd, follow: false }
  }
}
