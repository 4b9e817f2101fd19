import type { Instant } from '../../../core/instant.ts'
import { Table } from '../../../core/table.ts'

/** Who put a tag, and when. */
export interface TagRecord {
  readonly digest: string
  readonly created: Instant
  readonly updated: Instant
  /** Account names; `undefined`: it was there from the beginning. */
  readonly creator: string | undefined
  readonly updater: string | undefined
}

/** When what of Docker Hub was pushed and pulled. Keys are the registry's: `host/name what`. */
export interface Activity {
  /** By tag. */
  readonly tags: Table<TagRecord>
  /** By digest. */
  readonly pushed: Table<Instant>
  /** By digest. */
  readonly pulled: Table<Instant>
}

export const noActivity: Activity = { tags: Table.empty, pushed: Table.empty, pulled: Table.empty }
