import { sha256 } from '#sha256'
import { Table } from '../../core/table.ts'

/** Somebody who can log in. */
export interface Account {
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  /** False until the address is confirmed: such an account cannot log in. */
  readonly active: boolean
}

/** By name. */
export type Accounts = Table<Account>

export const noAccounts: Accounts = Table.empty

/** The name is in it, so that equal passwords do not look equal. */
export const hashPassword = (name: string, password: string): string => sha256(`${name}\n${password}`)
