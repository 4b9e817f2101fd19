import { keyOf, tagsOf, type Where } from '../registry/registry.ts'
import type { HubState } from '../state.ts'
import { chainOf } from './derived.ts'
import { lookupImage } from './find.ts'
import type { ImageV1 } from './image.ts'

/** The tags of a repository in order, each with its image. Both protocols see the same tags. */
export function tagsV1(state: HubState, where: Where): readonly (readonly [tag: string, ImageV1])[] {
  return tagsOf(state.content, where).flatMap(([tag, digest]) => {
    const image = imageOf(state, where, digest)
    return image ? [[tag, image] as const] : []
  })
}

export function lookupTag(state: HubState, where: Where, tag: string): ImageV1 | undefined {
  const digest = state.content.tags.get(keyOf(where, tag))
  return digest === undefined ? undefined : imageOf(state, where, digest)
}

/** The image that a manifest was made of, or that can be made of it. */
function imageOf(state: HubState, where: Where, digest: string): ImageV1 | undefined {
  const { content, registryV1 } = state
  const source = registryV1.sources.get(keyOf(where, digest))
  if (source !== undefined) return lookupImage(state, where, source)
  const manifest = content.manifests.get(keyOf(where, digest))
  return manifest && chainOf(content, where, manifest).at(-1)
}
