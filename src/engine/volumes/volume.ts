import { Table } from '../../core/table.ts'

/** The volumes' slice: filled in by the domain. */
export interface Volumes {
  readonly byName: Table<unknown>
}
export const noVolumes: Volumes = { byName: Table.empty }
