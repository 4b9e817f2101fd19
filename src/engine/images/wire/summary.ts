import { SECOND } from '../../../core/instant.ts'
import { chainIds } from '../../../storage/digest.ts'
import type { EngineState } from '../../state.ts'
import type { Listed } from '../list.ts'
import { digestsOf, tagsOf } from '../references.ts'

/** An item of `GET /images/json`. `shared`: whether `SharedSize` is asked for, else it is -1. */
export function summary(state: EngineState, { image, references }: Listed, shared: boolean) {
  const tags = tagsOf(references)
  return {
    Containers: state.containers.byId.values().filter((container) => container.image === image.id).length,
    Created: image.createdText ? Math.floor(image.created / SECOND) : 0,
    Id: image.id,
    Labels: image.config.labels,
    ParentId: image.parent,
    RepoDigests: digestsOf(references),
    RepoTags: tags,
    SharedSize: shared ? sharedSize(state, image.id) : -1,
    Size: image.size,
  }
}

/** Bytes of those layers that other images have as well, at the same place of their chain. */
function sharedSize({ images }: EngineState, id: string): number {
  const users = new Map<string, number>()
  const all = images.byId.values()
  for (const image of all) for (const chain of chainIds(image.layers)) users.set(chain, (users.get(chain) ?? 0) + 1)
  const { layers = [] } = images.byId.get(id) ?? {}
  return chainIds(layers).reduce((sum, chain, at) => {
    const size = images.layers.get(layers[at]!)?.contentSize ?? 0
    return (users.get(chain) ?? 0) > 1 ? sum + size : sum
  }, 0)
}
