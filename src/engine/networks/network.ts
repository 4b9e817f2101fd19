import { Table } from '../../core/table.ts'

/** The networks' slice: filled in by the domain. */
export interface Networks {
  readonly byId: Table<unknown>
}
export const noNetworks: Networks = { byId: Table.empty }
