import type { Kind } from '../../core/problem.ts'
import type { Attachment } from './attachment.ts'
import type { Endpoint } from './endpoint.ts'
import type { Network } from './network.ts'
import type { Pool } from './pool.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface NetworkEvents {
  'network.create': { readonly network: Network; readonly pools: readonly Pool[] }
  'network.destroy': { readonly id: string; readonly name: string }
  'network.prune': object
  /** A running container has an endpoint now; `attachment` is what is known of it from then on. */
  'network.connect': {
    readonly id: string
    readonly container: string
    readonly endpoint: Endpoint
    readonly attachment: Attachment
    /** What the entry was called until now. */
    readonly key: string
    /** The ephemeral ports that were dealt, by `tcp 0.0.0.0`. */
    readonly cursors: Readonly<Record<string, number>>
  }
  /** `forget`: a caller asked for it, it does not come back at the next start. */
  'network.disconnect': {
    readonly id: string
    readonly name: string
    readonly container: string
    readonly forget: boolean
  }
  /** Silent: to be connected at the next start. */
  'network.attach': { readonly container: string; readonly attachment: Attachment }
  /** Silent: a connect that failed leaves its settings behind; `kind` and `error` are for the caller. */
  'network.connect_failed': {
    readonly container: string
    readonly attachment: Attachment
    readonly kind: Kind
    readonly error: string
  }
  /** Silent: the namespace of a container that starts. */
  'network.sandbox': { readonly container: string; readonly sandbox: string }
  /** Silent: a container lives in the namespace of another one. */
  'network.share': { readonly container: string; readonly owner: string }
  /** Silent: another endpoint leads out now, so it has the published ports. */
  'network.publish': { readonly endpoint: Endpoint; readonly cursors: Readonly<Record<string, number>> }
}
