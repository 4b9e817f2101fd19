import { REGISTRY_HOST } from '../../hosts.ts'
import { keyOf } from '../../registry/registry.ts'
import { isImmutable } from '../../repositories/immutable.ts'
import { repositoryKey } from '../../repositories/repository.ts'
import type { HubVerb } from '../../verb.ts'
import { immutableTag, noTag } from '../errors.ts'
import type { HubRepositoryCommands } from '../repositories/commands.ts'

/** The tag goes; what it named stays for whoever knows the digest. */
export const removeTag: HubVerb<HubRepositoryCommands['DeleteRepositoryTag']> = (state, { name, tag }) => {
  const where = { registry: REGISTRY_HOST, name }
  if (!state.content.tags.has(keyOf(where, tag))) throw noTag(name, tag)
  if (isImmutable(state.repositories.get(repositoryKey(REGISTRY_HOST, name)), tag)) throw immutableTag(tag)
  return [{ type: 'tag.delete', ...where, tag }]
}
