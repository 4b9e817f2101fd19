import type { EngineVerb } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { digestAsTag } from './errors.ts'
import { find } from './find.ts'
import { canonical, parseReference, type Reference, withDefaultTag, withTag } from './reference.ts'

/** moby: daemon/images/image_tag.go; a tag of its own wins over the one in the repo. */
export const tag: EngineVerb<ImageCommands['ImageTag']> = (state, { name, repo, tag: wanted }) => {
  const reference = repoReference(repo, wanted)
  if (!reference) return []
  const { id } = find(state.images, name)
  return [{ type: 'image.tag', id, reference: canonical(reference) }]
}

/** What `repo` and `tag` name together; undefined where no repo is given. moby: httputils.RepoTagReference */
export function repoReference(repo: string, tag: string): Reference | undefined {
  if (repo === '') return undefined
  const reference = parseReference(repo)
  if (reference.digest !== undefined) throw digestAsTag()
  return tag === '' ? withDefaultTag(reference) : withTag(reference, tag)
}
