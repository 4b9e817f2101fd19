import { chainIds } from '../../storage/digest.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { cannotDelete, type DeleteConflict, usedBy } from './errors.ts'
import type { Image, Images } from './image.ts'
import { canonical, type Reference } from './reference.ts'
import { referencesOf } from './references.ts'

/** A line of the answer to a delete. */
export type Removal = { readonly untagged: string } | { readonly deleted: string }

/** What was decided so far: the events, and the images as they are after them. */
export interface Removing {
  readonly images: Images
  readonly events: readonly EngineEvent[]
}

export const nothingRemoved = ({ images }: EngineState): Removing => ({ images, events: [] })

/** The reference goes, the image stays. */
export function untag(so: Removing, id: string, reference: Reference): Removing {
  const text = canonical(reference)
  return {
    images: { ...so.images, references: so.images.references.delete(text) },
    events: [...so.events, { type: 'image.untag', id, reference: text }],
  }
}

export interface DeleteOptions {
  readonly force: boolean
  /** Parents that nothing else needs go too. */
  readonly prune: boolean
  /** A conflict is no refusal, the image just stays. */
  readonly quiet: boolean
}

/** The image with all its references, its layers that no other image has, and its orphaned parents. moby: imageDeleteHelper */
export function deleteImage(state: EngineState, so: Removing, id: string, options: DeleteOptions): Removing {
  const image = so.images.byId.get(id)
  if (!image) return so
  const conflict = conflictOf(state, so.images, id, { soft: !options.force, references: true })
  if (conflict) {
    const dangling = referencesOf(so.images, id).length === 0
    if (options.quiet && (!dangling || conflict.used || conflict.hard)) return so
    throw cannotDelete(id, conflict)
  }
  const untagged = referencesOf(so.images, id).reduce((before, reference) => untag(before, id, reference), so)
  const gone = take(untagged, image)
  if (!options.prune || image.parent === '') return gone
  return deleteImage(state, gone, image.parent, { force: false, prune: true, quiet: true })
}

function take(so: Removing, image: Image): Removing {
  const images = { ...so.images, byId: so.images.byId.delete(image.id) }
  const others = images.byId.values()
  const chains = new Set(others.flatMap(({ layers }) => chainIds(layers)))
  const diffIds = new Set(others.flatMap(({ layers }) => layers))
  const freed = image.layers.filter((diffId) => !diffIds.has(diffId))
  const lost = chainIds(image.layers).filter((chain) => !chains.has(chain))
  return {
    images: { ...images, layers: freed.reduce((table, diffId) => table.delete(diffId), images.layers) },
    events: [...so.events, { type: 'image.delete', id: image.id, freed, chains: lost.toReversed() }],
  }
}

/** Why the image cannot go; hard reasons first. moby: checkImageDeleteConflict */
export function conflictOf(
  { containers }: EngineState,
  images: Images,
  id: string,
  { soft, references }: { readonly soft: boolean; readonly references: boolean },
): DeleteConflict | undefined {
  if (images.byId.values().some(({ parent }) => parent === id))
    return { hard: true, used: false, message: 'image has dependent child images' }
  const users = containers.byId.values().filter(({ image }) => image === id)
  const running = users.find(({ flags }) => flags.running)
  if (running) return { hard: true, used: true, message: usedBy('running', running.id) }
  if (!soft) return undefined
  if (references && referencesOf(images, id).length > 0)
    return { hard: false, used: false, message: 'image is referenced in multiple repositories' }
  const stopped = users[0]
  return stopped && { hard: false, used: true, message: usedBy('stopped', stopped.id) }
}
