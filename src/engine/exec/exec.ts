import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'

/** A further process of a running container, before, while and after it runs. */
export interface Exec {
  readonly id: string
  /** The container's id. */
  readonly container: string
  readonly argv: readonly string[]
  /** The container's environment with the caller's additions; HOME comes at the start. */
  readonly env: readonly string[]
  readonly user: string
  readonly workingDir: string
  readonly tty: boolean
  readonly privileged: boolean
  readonly openStdin: boolean
  readonly openStdout: boolean
  readonly openStderr: boolean
  /** Bytes; empty where the default holds. */
  readonly detachKeys: readonly number[]
  readonly size: TerminalSize | undefined
  readonly started: boolean
  readonly running: boolean
  /** `undefined` until it has ended, or failed to start. */
  readonly exitCode: number | undefined
  /** On the host; 0 before the start. */
  readonly pid: number
  readonly endedAt?: Instant
  /** When the daemon has cleaned up after the container that took it along. */
  readonly goneAt?: Instant
  /** A health check's: what it writes is kept, and nobody asked for it. */
  readonly probe: boolean
  /** Of a probe. */
  readonly startedAt?: Instant
  /** A probe that takes too long. */
  readonly timedOut?: boolean
  /** The beginning of what a probe wrote. */
  readonly output: Uint8Array
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** The exec instances' slice; an instance goes with its container's run. */
export interface Execs {
  readonly byId: Table<Exec>
}
export const noExecs: Execs = { byId: Table.empty }
