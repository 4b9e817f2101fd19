import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'

/** From the most that a token may give to the least; each one has those after it in it. */
export const TOKEN_SCOPES = ['repo:admin', 'repo:write', 'repo:read', 'repo:public_read'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** A personal access token: it stands in the place of its owner's password, and gives no more than its scopes. */
export interface AccessToken {
  readonly uuid: string
  /** The account's name. */
  readonly owner: string
  readonly label: string
  readonly scopes: readonly TokenScope[]
  readonly active: boolean
  /** Of the secret itself, which is shown once. */
  readonly secretHash: string
  readonly created: Instant
  readonly used: Instant | undefined
  /** `undefined`: never. */
  readonly expires: Instant | undefined
  readonly creatorIp: string
  readonly creatorAgent: string
}

/** By UUID. */
export type AccessTokens = Table<AccessToken>

export const noAccessTokens: AccessTokens = Table.empty

/** Whether it may be used at this instant. */
export const holds = ({ active, expires }: Pick<AccessToken, 'active' | 'expires'>, now: Instant): boolean =>
  active && (expires === undefined || now < expires)

/** What a token gives at most. */
export const widest = ({ scopes }: AccessToken): TokenScope =>
  TOKEN_SCOPES.find((scope) => scopes.includes(scope)) ?? 'repo:public_read'
