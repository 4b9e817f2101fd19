import type { Instant } from '../../core/instant.ts'

/** What an identity provider has told of one of an organisation's people. */
export interface Provisioned {
  /** The account's name. */
  readonly account: string
  readonly givenName: string
  readonly familyName: string
  /** Whoever is not active is no member, and may become one again. */
  readonly active: boolean
  readonly created: Instant
  readonly modified: Instant
}
