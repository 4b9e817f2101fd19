import type { Where } from '../registry/registry.ts'
import { repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import { derivedImages } from './derived.ts'
import { beingUploaded, imageNotFound, invalidImageId, repositoryNotFound } from './errors.ts'
import { type ImageV1, imageKey, isImageId } from './image.ts'

/** An image of a registry, whichever way it came. */
export const lookupImage = ({ registryV1, content }: HubState, registry: string, id: string): ImageV1 | undefined =>
  registryV1.images.get(imageKey(registry, id)) ?? derivedImages(content, registry).get(id)

/** An image that is there, whole. */
export function findImage(state: HubState, registry: string, id: string): ImageV1 {
  if (!isImageId(id)) throw invalidImageId()
  const image = lookupImage(state, registry, id)
  if (!image) throw imageNotFound()
  if (!image.complete) throw beingUploaded()
  return image
}

/** An image and all that are below it, root first: none is missing, none is being uploaded. */
export function findChain(state: HubState, registry: string, id: string): readonly ImageV1[] {
  const tip = lookupImage(state, registry, id)
  if (!tip) throw imageNotFound()
  return tip.ancestry.toReversed().map((one) => findImage(state, registry, one))
}

/** Whether the registry has heard of a repository: by a tag, or by its Index. */
export function checkRepository({ repositories, index }: HubState, where: Where, standalone: boolean): void {
  const key = repositoryKey(where.registry, where.name)
  if (!repositories.has(key) && !(standalone && index.listings.has(key))) throw repositoryNotFound()
}
