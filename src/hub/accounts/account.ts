import { sha256 } from '#sha256'
import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'

/** Somebody who can log in. */
export interface Account {
  readonly name: string
  /** The first is the primary one. */
  readonly emails: readonly Email[]
  readonly passwordHash: string
  /** False until the first address is confirmed: such an account cannot log in. */
  readonly active: boolean
  /** Docker's own people: they may push to `library`. */
  readonly admin: boolean
  readonly joined: Instant
}

export interface Email {
  readonly address: string
  readonly verified: boolean
}

/** By name. */
export type Accounts = Table<Account>

export const noAccounts: Accounts = Table.empty

/** The name is in it, so that equal passwords do not look equal. */
export const hashPassword = (name: string, password: string): string => sha256(`${name}\n${password}`)

export const primaryEmail = ({ emails }: Account): string => emails[0]?.address ?? ''

/** Addresses are compared without regard to case. */
export const hasEmail = ({ emails }: Account, address: string): boolean =>
  emails.some((one) => one.address.toLowerCase() === address.toLowerCase())
