import { isImmutable } from '../repositories/immutable.ts'
import { repositoryKey } from '../repositories/repository.ts'
import type { HubVerb } from '../verb.ts'
import type { RegistryCommands } from './commands.ts'
import { isDigest } from './digest.ts'
import { immutableTag, RegistryProblem } from './errors.ts'
import { findManifest, isTag } from './find.ts'
import { keyOf } from './registry.ts'

/** By digest it goes with all its tags; by tag only the tag. */
export const removeManifest: HubVerb<RegistryCommands['ManifestDelete']> = ({ content, repositories }, command) => {
  const { registry, name, reference, account = '' } = command
  const where = { registry, name, ...(account === '' ? {} : { by: account }) }
  if (isDigest(reference)) {
    if (!content.manifests.has(keyOf(where, reference))) throw new RegistryProblem('MANIFEST_UNKNOWN')
    return [{ type: 'manifest.delete', ...where, digest: reference }]
  }
  if (!isTag(reference)) throw new RegistryProblem('DIGEST_INVALID')
  findManifest(content, where, reference)
  if (isImmutable(repositories.get(repositoryKey(registry, name)), reference)) throw immutableTag(reference)
  return [{ type: 'tag.delete', ...where, tag: reference }]
}
