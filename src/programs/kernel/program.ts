import type { Instant } from '../../core/instant.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'

/**
 * What a step ends with: what the process waits for. A process may be woken without cause (a signal came, another one was
 * quicker), so a step always tries again and never trusts that what it waited for is there.
 */
export type Wait =
  /** Goes on at once, when its turn comes. */
  | { readonly type: 'run' }
  /** Until the descriptor can be read (data, end of file, a connection to accept), or `until`. */
  | { readonly type: 'read'; readonly fd: number; readonly until?: Instant }
  /** Until the descriptor can be written (room in a pipe, a connection that stands or was refused), or `until`. */
  | { readonly type: 'write'; readonly fd: number; readonly until?: Instant }
  /** Until one of the descriptors can be read or written, or `until`. */
  | {
      readonly type: 'poll'
      readonly read: readonly number[]
      readonly write?: readonly number[]
      readonly until?: Instant
    }
  | { readonly type: 'sleep'; readonly until: Instant }
  /** Until a child ended (or, with `untraced`, stopped): `reap` tells. -1: any child. */
  | { readonly type: 'child'; readonly pid: number; readonly untraced?: boolean; readonly until?: Instant }
  /** Until the answer to a request to the outside is there: `kernel.answer`. */
  | { readonly type: 'answer'; readonly query: number; readonly until?: Instant }
  /** Until a signal comes. */
  | { readonly type: 'pause' }
  | { readonly type: 'exit'; readonly code: number }
  /** The step called `kernel.exec`: go on with the new program. */
  | { readonly type: 'exec' }

export const RUN: Wait = { type: 'run' }
export const PAUSE: Wait = { type: 'pause' }
export const exit = (code: number): Wait => ({ type: 'exit', code })

/**
 * A program as the machine runs it: all that it knows between two steps is its frame, which is plain data (arrays, maps, sets, byte
 * arrays and plain objects; never closures), so that a running machine can be forked. One step is a bounded piece of work.
 */
export interface Program<Frame = unknown> {
  readonly name: string
  /** The frame at exec time. */
  init(process: Process, kernel: Kernel): Frame
  step(kernel: Kernel, process: Process, frame: Frame): Wait
  /** True: the process handles this signal itself; the machine puts it into `process.pending` and wakes the process. */
  onSignal?(process: Process, frame: Frame, signal: number): boolean
  /** Signals end it even as PID 1, as if it had set handlers that do just that. */
  readonly mortal?: boolean
}
