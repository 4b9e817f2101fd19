import { Table } from '../../core/table.ts'
import type { Topic } from './commands.ts'
import type { Heard, Known } from './talk.ts'
import type { Transfer } from './transfer.ts'

/** A talk with registries that goes on. */
export interface Conversation {
  readonly id: string
  readonly topic: Topic
  readonly heard: readonly Heard[]
  /** How things stood when it began. */
  readonly known: Known
}

/** A layer as a registry has it. */
export interface RemoteLayer {
  /** Of the compressed archive. */
  readonly digest: string
  readonly size: number
  readonly mediaType: string
  /** The canonical name of a repository that has it: `docker.io/library/busybox`. */
  readonly repository: string
}

/** What the daemon remembers of registries. moby: distribution/metadata, and the manifests in its content store */
export interface Distribution {
  readonly conversations: Table<Conversation>
  /** What is on its way; and what came and may be shared, as long as there are conversations. */
  readonly transfers: Table<Transfer>
  /** digest → manifest. */
  readonly manifests: Table<Uint8Array>
  /** diffID → where the layer is known to be, latest first. */
  readonly remotes: Table<readonly RemoteLayer[]>
  /** digest → diffID. */
  readonly diffIds: Table<string>
  /** What came by Registry v1, by id. */
  readonly imagesV1: Table<ImageV1>
}

/** An image of Registry v1: a layer and its JSON. */
export interface ImageV1 {
  readonly json: Uint8Array
  readonly diffId: string
}

export const noDistribution: Distribution = {
  conversations: Table.empty,
  transfers: Table.empty,
  manifests: Table.empty,
  remotes: Table.empty,
  diffIds: Table.empty,
  imagesV1: Table.empty,
}
