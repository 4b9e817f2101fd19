import type { Instant } from '../../core/instant.ts'
import type { LogEntry } from './log-entry.ts'

/** The beginning of a line whose newline has not come yet. */
export interface PartialLine {
  readonly bytes: Uint8Array
  /** Of a line of several parts: when the first one was written. All parts carry this time. */
  readonly since: Instant | undefined
}

/** By stream; a terminal has only stdout. */
export interface PartialLines {
  readonly 1?: PartialLine | undefined
  readonly 2?: PartialLine | undefined
}

const LINE = 16 * 1024
const NEWLINE = 10

/** Cuts output into entries, as moby's logger.Copier does: a line each, and a line over 16 KiB in parts. */
export function cutLines(
  before: PartialLine | undefined,
  bytes: Uint8Array,
  stream: 1 | 2,
  at: Instant,
): { readonly entries: readonly LogEntry[]; readonly rest: PartialLine | undefined } {
  const entries: LogEntry[] = []
  const all = before ? join(before.bytes, bytes) : bytes
  let since = before?.since
  let from = 0
  for (;;) {
    const newline = all.indexOf(NEWLINE, from)
    const length = (newline < 0 ? all.length : newline) - from
    if (length >= LINE) {
      since ??= at
      entries.push({ at: since, stream, bytes: all.slice(from, from + LINE) })
      from += LINE
    } else if (newline < 0) {
      break
    } else {
      entries.push({ at: since ?? at, stream, bytes: all.slice(from, newline + 1) })
      since = undefined
      from = newline + 1
    }
  }
  return { entries, rest: from < all.length || since ? { bytes: all.slice(from), since } : undefined }
}

/** What is left of both streams when they end: lines without a newline. */
export function lastLines(partials: PartialLines | undefined, at: Instant): readonly LogEntry[] {
  return ([1, 2] as const).flatMap((stream) => {
    const partial = partials?.[stream]
    return partial?.bytes.length ? [{ at: partial.since ?? at, stream, bytes: partial.bytes }] : []
  })
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}
