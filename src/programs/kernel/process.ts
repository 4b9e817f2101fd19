import type { Instant } from '../../core/instant.ts'
import type { Handle } from '../../storage/mount-namespace.ts'
import type { OpenFile } from './open-file.ts'
import type { Program, Wait } from './program.ts'
import type { Tty } from './tty.ts'

/** An ended child that was not waited for yet. A signal's number counts 128 + n, as the shell sees it. */
export interface Zombie {
  readonly pid: number
  readonly status: number
  /** The signal that ended it, 0: it exited. */
  readonly signal: number
}

/** A process is plain data. `pid`s are those of the container's own pid namespace. */
export interface Process {
  readonly pid: number
  ppid: number
  pgid: number
  /** Session: what `setsid` changes; the controlling terminal belongs to it. */
  sid: number
  uid: number
  gid: number
  groups: readonly number[]
  umask: number
  argv: readonly string[]
  env: Map<string, string>
  /** The executable's path. */
  path: string
  cwd: Handle
  fds: (OpenFile | undefined)[]
  tty: Tty | undefined
  program: Program
  frame: unknown
  wait: Wait
  /** Counts the waits: what wakes an older one is stale. */
  turn: number
  /** Stands in the run queue. */
  queued: boolean
  dead: boolean
  stopped: boolean
  status: number
  /** Signals the program handles itself, in order of arrival; it takes them out. */
  pending: number[]
  ignored: Set<number>
  children: Set<number>
  zombies: Zombie[]
  /** Children that stopped since the parent last looked: pid → signal. */
  halted: Map<number, number>
  readonly start: Instant
  steps: number
  /** Steps at the instant `burstAt`, and how many times in a row it was pre-empted. */
  burst: number
  burstAt: Instant
  preempted: number
  preemptedUntil: Instant
  /** A signal for `pending` came during the present step. */
  interrupted: boolean
  /** Bytes the program said it holds, with `kernel.allocate`. */
  memory: number
  /** `main` or the exec's id, for the first process of either; else undefined. */
  readonly id: string | undefined
}
