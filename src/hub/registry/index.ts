import type { HubVerbs } from '../verb.ts'
import type { RegistryCommands } from './commands.ts'
import { RegistryProblem } from './errors.ts'
import { findManifest } from './find.ts'
import { putManifest } from './manifest-put.ts'
import { removeManifest } from './manifest-remove.ts'
import { checkRate, standing } from './rate-limit.ts'
import { blobIn } from './registry.ts'
import { appendUpload, cancelUpload, finishUpload, startUpload } from './upload.ts'

/** The registries' verbs by command name. */
export const registryVerbs: HubVerbs<RegistryCommands> = {
  BlobUploadStart: startUpload,
  BlobUploadAppend: appendUpload,
  BlobUploadFinish: finishUpload,
  BlobUploadCancel: cancelUpload,
  BlobDelete: ({ content }, { registry, name, digest }) => {
    if (!blobIn(content, { registry, name }, digest)) throw new RegistryProblem('BLOB_UNKNOWN')
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
  ManifestDelete: removeManifest,
}
