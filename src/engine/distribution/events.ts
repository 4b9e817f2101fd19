import type { Request } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import type { Conversation, ImageV1, RemoteLayer } from './distribution.ts'
import type { Heard, Outcome } from './talk.ts'
import type { Transfer } from './transfer.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface DistributionEvents {
  /** Silent. */
  'distribution.begin': { readonly conversation: Conversation }
  /** Silent: something is on its way, or has come further. */
  'distribution.transfer': { readonly transfer: Transfer }
  /** Silent: a registry is asked. */
  'distribution.ask': { readonly key: string; readonly request: Request }
  /** Silent: its whole answer is here, for these. */
  'distribution.arrive': {
    readonly key: string
    readonly conversations: readonly string[]
    readonly answer: Answer | undefined
  }
  /** Silent: nobody waits for it any more. */
  'distribution.cancel': { readonly key: string }
  /** Silent: lines of the stream. */
  'distribution.say': { readonly id: string; readonly lines: readonly unknown[] }
  /** Silent: a conversation has heard an answer. */
  'distribution.answer': { readonly id: string; readonly heard: Heard }
  /** Silent: the talk is over. */
  'distribution.end': { readonly id: string; readonly outcome: Outcome }
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
