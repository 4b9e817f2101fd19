import { SECOND } from '../../../core/instant.ts'
import type { Image } from '../../images/image.ts'
import { chainIds } from '../../../storage/digest.ts'
import { digestsOf, referencesOf, tagsOf } from '../../images/references.ts'
import type { EngineState } from '../../state.ts'

const orNull = (list: readonly string[]) => (list.length > 0 ? list : null)

/** An element of `Images` of `GET /system/df`: as in the list of images, with its containers and what it shares. */
export function imageUsage(state: EngineState, image: Image): unknown {
  const references = referencesOf(state.images, image.id)
  return {
    Containers: state.containers.byId.values().filter((container) => container.image === image.id).length,
    Created: Math.floor(image.created / SECOND),
    Id: image.id,
    Labels: image.config.labels,
    ParentId: image.parent,
    RepoDigests: orNull(digestsOf(references)),
    RepoTags: orNull(tagsOf(references)),
    SharedSize: sharedSize(state, image),
    Size: image.size,
  }
}

/** Bytes of the layers that other images stand on too. */
function sharedSize({ images }: EngineState, image: Image): number {
  const others = new Set(images.byId.values().flatMap((other) => (other.id === image.id ? [] : chainIds(other.layers))))
  return chainIds(image.layers).reduce(
    (sum, chain, i) => sum + (others.has(chain) ? (images.layers.get(image.layers[i]!)?.contentSize ?? 0) : 0),
    0,
  )
}
