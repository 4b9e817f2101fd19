import type { Stamped } from '../core/decider.ts'
import type { Instant } from '../core/instant.ts'
import type { Request } from '../http/input.ts'
import { mermaid } from './mermaid.ts'

/**
 * Something that happened: an event of a system, a client's call and its answer, a request from one system to another with
 * the status of its answer, or a remark.
 */
export type Entry =
  | { readonly kind: 'event'; readonly system: string; readonly at: Instant; readonly event: Stamped<{ type: string }> }
  | {
      readonly kind: 'request'
      readonly from: string
      readonly to: string
      readonly at: Instant
      readonly method: string
      readonly target: string
      readonly status: number
    }
  | {
      readonly kind: 'call'
      readonly to: string
      readonly at: Instant
      readonly method: string
      readonly target: string
    }
  | { readonly kind: 'answer'; readonly to: string; readonly at: Instant; readonly status: number }
  | { readonly kind: 'notice'; readonly system: string; readonly at: Instant; readonly text: string }

/** Docker keeps its last 256 events; so does the journal, unless it records. */
const KEPT = 256

export interface Journal {
  readonly entries: readonly Entry[]
  add(entry: Entry): void
  request(from: string, to: string, at: Instant, request: Request, status: number): void
  /**
   * What was asked and answered since entry `from`, as a sequence diagram in Mermaid's notation.
   *
   * @example
   * const from = tank.journal.entries.length
   * await docker.pull('alpine:3')
   * console.log(tank.journal.toMermaid(from))
   */
  toMermaid(from?: number): string
}

/** `recording`: nothing is forgotten. */
export function journal(recording: boolean, earlier: readonly Entry[] = []): Journal {
  const entries = [...earlier]
  const add = (entry: Entry) => {
    entries.push(entry)
    if (!recording && entries.length > 2 * KEPT) entries.splice(0, KEPT)
  }
  return {
    entries,
    add,
    request: (from, to, at, { method, target }, status) =>
      add({ kind: 'request', from, to, at, method, target, status }),
    toMermaid: (from = 0) => mermaid(entries.slice(from)),
  }
}
