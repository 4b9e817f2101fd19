import { REGISTRY_HOST } from '../hosts.ts'
import type { Where } from '../registry/registry.ts'
import { repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import { derivedImages } from './derived.ts'
import { beingUploaded, imageNotFound, invalidImageId, repositoryNotFound } from './errors.ts'
import { type ImageV1, imageKey, isImageId, placeOf } from './image.ts'

/**
 * An image, whichever way it came, as a repository sees it: its own, or one of a public repository. Whoever only knows the id of
 * an image of a private one gets nothing by it.
 */
export function lookupImage(state: HubState, where: Where, id: string): ImageV1 | undefined {
  const place = placeOf(where)
  const own = state.registryV1.images.get(imageKey(place, id))
  if (own) return own
  const derived = derivedImages(state.content, place.registry).get(id) ?? []
  const isPublic = ({ repository }: ImageV1) =>
    state.repositories.get(repositoryKey(place.registry, repository))?.visibility === 'public'
  return (
    derived.find(({ repository }) => repository === place.name) ??
    derived.find(isPublic) ??
    (place.registry === REGISTRY_HOST
      ? copies(state, place, id).find((one) => one.complete && isPublic(one))
      : undefined)
  )
}

const copies = ({ registryV1 }: HubState, { registry }: Where, id: string): readonly ImageV1[] =>
  registryV1.images.prefix(imageKey({ registry, name: '' }, id))

/** An image that is there, whole. */
export function findImage(state: HubState, where: Where, id: string): ImageV1 {
  if (!isImageId(id)) throw invalidImageId()
  const image = lookupImage(state, where, id)
  if (!image) throw imageNotFound()
  if (!image.complete) throw beingUploaded()
  return image
}

/** An image and all that are below it, root first: none is missing, none is being uploaded. */
export function findChain(state: HubState, where: Where, id: string): readonly ImageV1[] {
  const tip = lookupImage(state, where, id)
  if (!tip) throw imageNotFound()
  return tip.ancestry.toReversed().map((one) => findImage(state, where, one))
}

/** Whether the registry has heard of a repository: by a tag, or by its Index. */
export function checkRepository({ repositories, index }: HubState, where: Where, standalone: boolean): void {
  const key = repositoryKey(where.registry, where.name)
  if (!repositories.has(key) && !(standalone && index.listings.has(key))) throw repositoryNotFound()
}
