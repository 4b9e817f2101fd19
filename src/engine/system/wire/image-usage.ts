import type { Image } from '../../images/image.ts'
import { referencesOf } from '../../images/references.ts'
import { summary } from '../../images/wire/summary.ts'
import type { EngineState } from '../../state.ts'

/** An element of `Images` of `GET /system/df`: as in the list of images, but no references are null. */
export function imageUsage(state: EngineState, image: Image): unknown {
  const listed = summary(state, { image, references: referencesOf(state.images, image.id) }, true)
  const { RepoDigests, RepoTags } = listed
  return { ...listed, RepoDigests: orNull(RepoDigests), RepoTags: orNull(RepoTags) }
}

const orNull = (list: readonly string[]) => (list.length > 0 ? list : null)
