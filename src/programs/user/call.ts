import type { Duration } from '../../core/instant.ts'
import type { Mode } from '../kernel/open-file.ts'

/** What a system call asks for, as data. */
export type Request =
  | { readonly call: 'write'; readonly fd: number; readonly bytes: Uint8Array }
  | { readonly call: 'read'; readonly fd: number; readonly max: number }
  | { readonly call: 'readLine'; readonly fd: number }
  | { readonly call: 'sleep'; readonly duration: Duration }
  | { readonly call: 'pause' }
  | { readonly call: 'now' }
  | { readonly call: 'random' }
  | { readonly call: 'open'; readonly path: string; readonly mode: Mode }
  | { readonly call: 'close'; readonly fd: number }
  | { readonly call: 'readFile'; readonly path: string }
  | { readonly call: 'writeFile'; readonly path: string; readonly bytes: Uint8Array; readonly append: boolean }
  | { readonly call: 'exists'; readonly path: string }
  | { readonly call: 'readdir'; readonly path: string }
  | { readonly call: 'mkdir'; readonly path: string }
  | { readonly call: 'remove'; readonly path: string }
  | { readonly call: 'listen'; readonly port: number; readonly host: string }
  | { readonly call: 'accept'; readonly fd: number }
  | { readonly call: 'connect'; readonly host: string; readonly port: number }
  | { readonly call: 'resolve'; readonly name: string }
  | { readonly call: 'ping'; readonly host: string }
  | { readonly call: 'shutdown'; readonly fd: number }
  | { readonly call: 'poll'; readonly fds: readonly number[]; readonly timeout: Duration | undefined }
  | {
      readonly call: 'spawn'
      readonly argv: readonly string[]
      readonly env: Readonly<Record<string, string>> | undefined
      /** Its standard input, output and error. */
      readonly fds: readonly [number, number, number]
    }
  | { readonly call: 'wait'; readonly pid: number }
  | { readonly call: 'kill'; readonly pid: number; readonly signal: number }
  | { readonly call: 'trap'; readonly signals: readonly number[]; readonly handler: Handler | 'ignore' | 'default' }
  | { readonly call: 'identity' }
  | { readonly call: 'terminal' }
  | { readonly call: 'exit'; readonly code: number }

/** What runs when a trapped signal comes; the interrupted call goes on afterwards, unless this exits. */
export type Handler = (signal: number) => Calls<void>

// biome-ignore lint/suspicious/noExplicitAny: `yield call` gives whatever the call gives; `yield* call` is typed
export type Calls<Result = unknown> = Generator<SystemCall<any>, Result, any>

/**
 * A system call that a program asks for. `yield` it to have it done, or `yield*` it, which does the same and gives a typed result.
 */
export class SystemCall<Result> {
  readonly request: Request
  constructor(request: Request) {
    this.request = request
  }

  *[Symbol.iterator](): Generator<SystemCall<Result>, Result, unknown> {
    return (yield this) as Result
  }
}
