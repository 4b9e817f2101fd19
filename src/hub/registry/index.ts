import { isImmutable } from '../repositories/immutable.ts'
import { repositoryKey } from '../repositories/repository.ts'
import type { HubVerbs } from '../verb.ts'
import type { RegistryCommands } from './commands.ts'
import { isDigest } from './digest.ts'
import { immutableTag } from './errors.ts'
import { findBlob, findManifest } from './find.ts'
import { putManifest } from './manifest-put.ts'
import { checkRate, standing } from './rate-limit.ts'
import { appendUpload, cancelUpload, finishUpload, startUpload } from './upload.ts'

/** The registries' verbs by command name. */
export const registryVerbs: HubVerbs<RegistryCommands> = {
  BlobUploadStart: startUpload,
  BlobUploadAppend: appendUpload,
  BlobUploadFinish: finishUpload,
  BlobUploadCancel: cancelUpload,
  BlobDelete: ({ content }, { registry, name, digest }) => {
    findBlob(content, { registry, name }, digest)
    return [{ type: 'blob.delete', registry, name, digest }]
  },
  ManifestPut: putManifest,
  ManifestGet: (state, { registry, name, reference, account = '' }, env) => {
    const where = { registry, name }
    const at = standing(state, where, account, env.now)
    checkRate(at)
    const { digest } = findManifest(state.content, where, reference)
    const window = at && { ...at.window, pulls: at.window.pulls + 1 }
    return [{ type: 'manifest.pull', ...where, digest, account, window }]
  },
  ManifestDelete: ({ content, repositories }, { registry, name, reference }) => {
    const { digest } = findManifest(content, { registry, name }, reference)
    if (isDigest(reference)) return [{ type: 'manifest.delete', registry, name, digest }]
    if (isImmutable(repositories.get(repositoryKey(registry, name)), reference)) throw immutableTag(reference)
    return [{ type: 'tag.delete', registry, name, tag: reference }]
  },
}
