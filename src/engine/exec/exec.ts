import { Table } from '../../core/table.ts'

/** The exec instances' slice: filled in by the domain. */
export interface Execs {
  readonly byId: Table<unknown>
}
export const noExecs: Execs = { byId: Table.empty }
