import type { Request } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import type { Conversation, ImageV1, RemoteLayer } from './distribution.ts'
import type { Outcome } from './talk.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface DistributionEvents {
  /** Silent. */
  'distribution.begin': { readonly conversation: Conversation }
  /** Silent: a registry is asked. */
  'distribution.ask': { readonly id: string; readonly request: Request }
  /** Silent: and says so. */
  'distribution.answer': { readonly id: string; readonly answer: Answer | undefined }
  /** Silent: the talk is over; `outcome` without its events, which stand before. */
  'distribution.end': { readonly id: string; readonly outcome: Omit<Outcome, 'events'> }
  /** Silent: the manifest by its digest, and where its layers are, by diffID. */
  'distribution.learn': {
    readonly digest: string
    readonly manifest: Uint8Array
    readonly layers: readonly (readonly [diffId: string, RemoteLayer])[]
  }
  /** Silent: what came by Registry v1, by id. */
  'distribution.learn-v1': { readonly images: readonly (readonly [id: string, ImageV1])[] }
  /** Silent: an image got a name without being tagged here; pulls and pushes give them. */
  'image.refer': { readonly id: string; readonly reference: string }
  /** `reference` as asked for: `busybox:latest`. */
  'image.pull': { readonly reference: string; readonly name: string }
  'image.push': { readonly reference: string; readonly name: string }
}
