import { goJson } from '../../http/json-lines.ts'
import type { HistoryEntry, Image } from './image.ts'

/** Image id → its parent, where that one is of the company too. moby: image/tarexport validatedParentLinks */
export function validParents(images: readonly Pick<Image, 'id' | 'parent'>[]): ReadonlyMap<string, string> {
  const ids = new Set(images.map(({ id }) => id))
  return new Map(images.filter(({ parent }) => ids.has(parent)).map(({ id, parent }) => [id, parent]))
}

/** A child tells its parent's history and one step more. moby: image/tarexport checkValidParent */
export function canBeParent(parent: Image, child: Image): boolean {
  if (child.history.length === 0 && parent.history.length === 0) return true
  if (child.history.length - parent.history.length !== 1) return false
  return parent.history.every((step, at) => told(step) === told(child.history[at]!))
}

const told = ({ created, createdBy, author, comment, emptyLayer }: HistoryEntry) =>
  goJson([created, createdBy, author, comment, emptyLayer])
