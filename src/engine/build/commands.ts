import type { Filters } from '../../http/filters.ts'
import type { Outcome } from '../distribution/talk.ts'
import type { BuildOptions } from './build.ts'

/** What can be asked of the domain, by operationId; those of the daemon itself have no operationId and say so. */
export interface BuildCommands {
  ImageBuild: {
    readonly context: Uint8Array
    /** A URL to take the context from, in place of `context`; empty: none. */
    readonly remote: string
    readonly dockerfile: string
    readonly target: string
    readonly options: BuildOptions
  }
  /** From the daemon: do the next step. */
  BuildStep: { readonly id: string }
  /** From the daemon: the container of a RUN ended, or could not start. */
  BuildRan: { readonly id: string; readonly exitCode: number; readonly error: string }
  /** From the daemon: the image that a step waits for is here, or will not come. */
  BuildPulled: { readonly id: string; readonly outcome: Outcome }
  /** From the door: nobody reads the stream any more. */
  BuildLeave: { readonly id: string }
  BuildPrune: { readonly filters: Filters }
}
