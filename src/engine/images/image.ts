import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Config } from '../containers/config.ts'
import type { Layer } from './layer.ts'

export interface Image {
  /** `sha256:…`, the digest of its config. */
  readonly id: string
  /** The image's config file, byte for byte: what `save` and `push` write, and what the id is the digest of. */
  readonly json: Uint8Array
  readonly config: Config
  readonly created: Instant
  /** `created` as the config file writes it, to the nanosecond; empty where it says nothing. */
  readonly createdText: string
  readonly architecture: string
  readonly os: string
  readonly variant: string
  readonly author: string
  readonly comment: string
  readonly dockerVersion: string
  /** The container it was committed from, and that one's config; empty and null where it came about otherwise. */
  readonly container: string
  readonly containerConfig: Config | null
  /** diffIDs, bottom first. */
  readonly layers: readonly string[]
  /** Bytes of the layers' contents. */
  readonly size: number
  readonly history: readonly HistoryEntry[]
  /** Image id it was built or committed from on this daemon; empty for others. */
  readonly parent: string
  /** What the builder's cache knows it by, where the builder made it. */
  readonly stepKey?: string
}

export interface HistoryEntry {
  readonly created: Instant
  /** As a config file from elsewhere writes it, to the nanosecond; empty where it says nothing. */
  readonly createdText?: string
  readonly createdBy: string
  readonly author: string
  readonly comment: string
  readonly emptyLayer: boolean
}

export interface Images {
  readonly byId: Table<Image>
  /** Canonical reference (`docker.io/library/busybox:1.36`, or `…@sha256:…`) → image id. */
  readonly references: Table<string>
  /** Image id → when it got its latest name here. */
  readonly tagged: Table<Instant>
  /** diffID → layer. Persistent tables hold the bytes themselves: forks share them, and what nobody holds is freed. */
  readonly layers: Table<Layer>
}

export const noImages: Images = { byId: Table.empty, references: Table.empty, layers: Table.empty, tagged: Table.empty }
