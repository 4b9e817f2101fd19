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
  /** Requests to the Hub API in the present minute, by account, or `` for those without. */
  readonly calls: Table<CallWindow>
}

export interface CallWindow {
  readonly began: Instant
  readonly calls: number
}

export interface CallEvents {
  'api.call': { readonly caller: string; readonly window: CallWindow }
}

export const noActivity: Activity = { tags: Table.empty, pushed: Table.empty, pulled: Table.empty, calls: Table.empty }
