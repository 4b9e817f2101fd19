import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Scope } from './scopes.ts'

/** What a token is for: repositories by name or pattern, or the organisation itself. */
export interface Resource {
  readonly type: 'TYPE_REPO' | 'TYPE_ORG'
  /** A repository's `namespace/name`, all of a namespace's `namespace/*`, all public ones, or an organisation's name. */
  readonly path: string
  readonly scopes: readonly Scope[]
}

/** An organisation access token: it logs in by the organisation's name, and is nobody's in particular. */
export interface OrganisationToken {
  readonly id: string
  readonly organisation: string
  readonly label: string
  readonly description: string
  readonly resources: readonly Resource[]
  readonly active: boolean
  /** Of the secret itself, which is shown once. */
  readonly secretHash: string
  readonly createdBy: string
  readonly created: Instant
  readonly used: Instant | undefined
  /** `undefined`: never. */
  readonly expires: Instant | undefined
}

/** By id. */
export type OrganisationTokens = Table<OrganisationToken>

export const noOrganisationTokens: OrganisationTokens = Table.empty

/** The resource by which public repositories of anybody are read. */
export const ALL_PUBLIC = '*/*/public'
