import { changes } from '../../storage/changes.ts'
import type { EngineState } from '../state.ts'
import { find } from './find.ts'

/** `docker diff`; nothing is null. */
export function changesOf(state: EngineState, ref: string): unknown {
  const { id } = find(state, ref)
  const disk = state.containers.disks.get(id)
  const found = disk ? changes(disk.base, disk.root) : []
  return found.length === 0 ? null : found.map(({ path, kind }) => ({ Path: path, Kind: kind }))
}
