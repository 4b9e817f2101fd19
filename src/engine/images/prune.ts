import { type Filters, filterFlag, filterLabels } from '../../http/filters.ts'
import { untilOf } from '../containers/prune.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { conflictOf, deleteImage, nothingRemoved, type Removing } from './delete-image.ts'
import type { Image } from './image.ts'
import { referencesOf } from './references.ts'

export const prune: EngineVerb<ImageCommands['ImagePrune']> = (state, { filters }, env) => {
  const { events, images } = pruning(state, filters, env.now)
  return [...events, { type: 'image.prune', reclaimed: freedBytes(state, images) }]
}

/** Images that no container needs: those without a name, or with `dangling=false` all. moby: daemon/images/image_prune.go */
function pruning(state: EngineState, filters: Filters, now: number): Removing {
  const danglingOnly = filterFlag(filters, 'dangling', true)
  const until = untilOf(filters, now)
  const used = new Set(state.containers.byId.values().map(({ image }) => image))
  const doomed = state.images.byId
    .values()
    .filter((image) => image.created <= until && labelled(image, filters) && !used.has(image.id))
    .filter(({ id }) => !danglingOnly || isDangling(state, id))
    .sort((a, b) => b.created - a.created)
  return doomed.reduce((so, { id }) => {
    if (conflictOf(state, so.images, id, { soft: false, references: false })) return so
    return deleteImage(state, so, id, { force: true, prune: true, quiet: true })
  }, nothingRemoved(state))
}

/** Without a name, and without a child that has one. */
function isDangling({ images }: EngineState, id: string): boolean {
  return referencesOf(images, id).length === 0 && !images.byId.values().some(({ parent }) => parent === id)
}

function labelled({ config }: Image, filters: Filters): boolean {
  if (!filterLabels(filters, config.labels)) return false
  return !filters.get('label!')?.length || !filterLabels(filters, config.labels, 'label!')
}

/** Bytes of the layers that are gone: shared ones stay and do not count. */
function freedBytes({ images: before }: EngineState, after: Removing['images']): number {
  const size = (images: Removing['images']) =>
    images.layers.values().reduce((sum, { contentSize }) => sum + contentSize, 0)
  return size(before) - size(after)
}
