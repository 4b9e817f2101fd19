import type { Instant } from '../../core/instant.ts'
import type { Sequence } from '../../core/sequence.ts'
import { Table } from '../../core/table.ts'
import type { ActionName } from './actions.ts'

/** Something that somebody did in a namespace. */
export interface AuditLog {
  /** The namespace: a user's or an organisation's. */
  readonly account: string
  readonly action: ActionName
  /** A repository with its namespace, an organisation, or somebody who joins or leaves. */
  readonly name: string
  readonly actor: string
  readonly data: Readonly<Record<string, string>>
  readonly at: Instant
}

/** By namespace, in the order in which it happened. */
export type AuditLogs = Table<Sequence<AuditLog>>

export const noAuditLogs: AuditLogs = Table.empty
