import { keyOf } from '../registry/registry.ts'
import { isImmutable } from '../repositories/immutable.ts'
import { newRepository, repositoryKey } from '../repositories/repository.ts'
import type { HubVerbs } from '../verb.ts'
import { putChecksum } from './checksum-put.ts'
import type { RegistryV1Commands } from './commands.ts'
import { tagImmutable, tagNotFound } from './errors.ts'
import { checkRepository } from './find.ts'
import { putJson } from './json-put.ts'
import { putLayer } from './layer-put.ts'
import { putTag } from './tag-put.ts'

/** Registry v1's verbs by command name. */
export const registryV1Verbs: HubVerbs<RegistryV1Commands> = {
  ImageJsonPutV1: putJson,
  ImageLayerPutV1: putLayer,
  ImageChecksumPutV1: putChecksum,
  TagPutV1: putTag,
  TagDeleteV1: ({ content, repositories }, { registry, name, tag }) => {
    if (!content.tags.has(keyOf({ registry, name }, tag))) throw tagNotFound(tag)
    if (isImmutable(repositories.get(repositoryKey(registry, name)), tag)) throw tagImmutable(tag)
    return [{ type: 'tag.delete', registry, name, tag }]
  },
  RepositoryDeleteV1: (state, { registry, name, standalone }) => {
    checkRepository(state, { registry, name }, standalone)
    return [{ type: 'repository.delete', registry, name }]
  },
  PropertiesPutV1: ({ repositories }, { registry, name, visibility }, env) => {
    const repository = repositories.get(repositoryKey(registry, name)) ?? newRepository({ registry, name }, env.now)
    return [{ type: 'repository.set', repository: { ...repository, visibility } }]
  },
}
