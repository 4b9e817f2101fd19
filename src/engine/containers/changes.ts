import { changes } from '../../storage/changes.ts'
import type { EngineState } from '../state.ts'
import { currentRoot } from './current-root.ts'
import { find } from './find.ts'

/** `docker diff`; nothing is null. */
export function changesOf(state: EngineState, ref: string): unknown {
  const container = find(state, ref)
  const found = changes(container.base, currentRoot(state.containers, container))
  return found.length === 0 ? null : found.map(({ path, kind }) => ({ Path: path, Kind: kind }))
}
