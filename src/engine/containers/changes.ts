import { changes } from '../../storage/changes.ts'
import type { EngineState } from '../state.ts'
import { find } from './find.ts'

/** `docker diff`; nothing is null. */
export function changesOf(state: EngineState, ref: string): unknown {
  const { id } = find(state, ref)
  const { bases, roots } = state.containers
  const base = bases.get(id)
  const root = roots.get(id)
  const found = base && root ? changes(base, root) : []
  return found.length === 0 ? null : found.map(({ path, kind }) => ({ Path: path, Kind: kind }))
}
