import type { Instant } from '../../core/instant.ts'

/** A line of json-file: with its newline, or a part without one (the last line, a line over 16 KiB). */
export interface LogEntry {
  readonly at: Instant
  /** 1 stdout, 2 stderr. A terminal has only 1. */
  readonly stream: 1 | 2
  readonly bytes: Uint8Array
}
