import { SECOND } from '../../../core/instant.ts'
import type { EngineState } from '../../state.ts'
import type { Image, Images } from '../image.ts'
import { referencesOf, tagsOf } from '../references.ts'

/** `GET /images/{name}/history`, newest step first. Steps made elsewhere have no image of their own. */
export function history({ images }: EngineState, image: Image): unknown[] {
  const sizes = layerSizes(images, image)
  const ancestors = lineage(images, image)
  return image.history
    .map((step, at) => {
      const below = image.history.slice(0, at).filter(({ emptyLayer }) => !emptyLayer).length
      const owner = ancestors.get(at)
      return {
        Comment: step.comment,
        Created: Math.floor(step.created / SECOND),
        CreatedBy: step.createdBy,
        Id: owner?.id ?? '<missing>',
        Size: step.emptyLayer ? 0 : (sizes[below] ?? 0),
        Tags: owner ? nilIfEmpty(tagsOf(referencesOf(images, owner.id))) : null,
      }
    })
    .toReversed()
}

const layerSizes = (images: Images, { layers }: Image) =>
  layers.map((diffId) => images.layers.get(diffId)?.contentSize ?? 0)

const nilIfEmpty = (tags: readonly string[]) => (tags.length > 0 ? tags : null)

/** Step → the image whose last step it is: the image itself and its known parents. */
function lineage(images: Images, image: Image): ReadonlyMap<number, Image> {
  const owners = new Map<number, Image>()
  for (let at: Image | undefined = image; at; at = at.parent === '' ? undefined : images.byId.get(at.parent))
    owners.set(at.history.length - 1, at)
  return owners
}
