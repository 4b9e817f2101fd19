import type { Health } from './health.ts'
import type { LogEntry } from './log-entry.ts'
import type { PartialLine } from './partial-line.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface ContainerStreamEvents {
  /** Silent: what the main process wrote, and what the log makes of it. */
  'container.output': {
    readonly id: string
    readonly stream: 1 | 2
    readonly bytes: Uint8Array
    readonly entries: readonly LogEntry[]
    /** The line that is not complete yet. */
    readonly rest: PartialLine | undefined
  }
  /** Silent: what a client typed; `undefined` is the end of its input. */
  'container.input': { readonly id: string; readonly bytes: Uint8Array | undefined }
  /** Silent: what was typed before the start has been handed over. */
  'container.input_flush': { readonly id: string }
  'container.attach': { readonly id: string }
  'container.detach': { readonly id: string }
  /** Silent: what a health check, a start or an end makes of the health. */
  'container.health': { readonly id: string; readonly health: Health }
  /** Its health is another one now. */
  'container.health_status': { readonly id: string; readonly status: Health['status'] }
  /** Silent: a health check is killed. */
  'container.probe_timeout': { readonly id: string; readonly exec: string }
  'container.resize': { readonly id: string; readonly columns: number; readonly rows: number }
}
