import { detailedChanges } from '../../storage/changes.ts'
import { isFile } from '../../storage/inode.ts'
import type { EngineState } from '../state.ts'
import { currentRoot } from './current-root.ts'

/** `SizeRw`: what the container has written, in bytes. */
export function writtenBytes({ containers }: EngineState, id: string): number {
  const container = containers.byId.get(id)
  if (!container) return 0
  return detailedChanges(container.base, currentRoot(containers, container)).reduce(
    (sum, { inode }) => sum + (inode && isFile(inode) ? inode.size : 0),
    0,
  )
}

/** `SizeRootFs`: that and its image. */
export function rootBytes(state: EngineState, id: string): number {
  const image = state.images.byId.get(state.containers.byId.get(id)?.image ?? '')
  return (image?.size ?? 0) + writtenBytes(state, id)
}
