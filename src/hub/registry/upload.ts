import type { Env } from '../../core/env.ts'
import { digestOf } from '../../storage/digest.ts'
import type { HubEvent } from '../events.ts'
import type { HubState } from '../state.ts'
import type { HubVerb } from '../verb.ts'
import type { Blob } from './blob.ts'
import type { RegistryCommands } from './commands.ts'
import { digestLike, isDigest } from './digest.ts'
import { GO_ERROR, RegistryProblem } from './errors.ts'
import { findUpload } from './find.ts'
import { blobIn, keyOf, type Upload, type Where } from './registry.ts'

/** `POST …/blobs/uploads/`: a whole blob, a blob of another repository, or a session. */
export const startUpload: HubVerb<RegistryCommands['BlobUploadStart']> = (state, command, env) => {
  const { registry, name, bytes, digest, mount } = command
  const where = { registry, name }
  if (digest !== undefined) return [added(where, [bytes], digest)]
  const mounted = mount?.allowed && blobIn(state.content, { registry, name: mount.from }, mount.digest)
  if (mounted) return [known(where, mounted, mount.digest)]
  const upload: Upload = { id: uuid(env.id()), parts: [], size: 0, started: env.now }
  return [{ type: 'upload.start', ...where, upload }, expiry(state, where, upload.id, env)]
}

export const appendUpload: HubVerb<RegistryCommands['BlobUploadAppend']> = (state, command, env) => {
  const { registry, name, id, bytes, from } = command
  const where = { registry, name }
  const { size } = findUpload(state.content, where, id)
  if (from !== undefined && from !== size) throw new RegistryProblem('RANGE_INVALID')
  return [{ type: 'upload.append', ...where, id, bytes }, expiry(state, where, id, env)]
}

export const finishUpload: HubVerb<RegistryCommands['BlobUploadFinish']> = (state, command) => {
  const { registry, name, id, bytes, digest, from } = command
  const where = { registry, name }
  const { parts, size } = findUpload(state.content, where, id)
  if (from !== undefined && from !== size) throw new RegistryProblem('RANGE_INVALID')
  return [added(where, [...parts, bytes], digest), ...ended(where, id)]
}

/** The client's wish, and the end of an upload's life. */
export const cancelUpload: HubVerb<RegistryCommands['BlobUploadCancel']> = ({ content }, { registry, name, id }) => {
  findUpload(content, { registry, name }, id)
  return ended({ registry, name }, id)
}

function added(where: Where, parts: Blob, digest: string): HubEvent {
  if (!isDigest(digest)) throw new RegistryProblem('DIGEST_INVALID', { detail: 'digest parsing failed' })
  const bytes = parts.filter(({ length }) => length > 0)
  if (digestLike(digest, bytes) !== digest)
    throw new RegistryProblem('DIGEST_INVALID', { detail: { Digest: digest, Reason: GO_ERROR } })
  return known(where, bytes, digest)
}

/** Whatever the algorithm that it was asked for by, a blob is known by sha256 too, and told of by that. */
function known(where: Where, bytes: Blob, digest: string): HubEvent {
  if (digest.startsWith('sha256:')) return { type: 'blob.add', ...where, digest, bytes }
  return { type: 'blob.add', ...where, digest: digestOf(...bytes), asked: digest, bytes }
}

const timerOf = (where: Where, id: string) => `upload ${keyOf(where, id)}`

const ended = (where: Where, id: string): HubEvent[] => [
  { type: 'upload.end', ...where, id },
  { type: 'timer.clear', key: timerOf(where, id) },
]

const expiry = ({ rules }: HubState, where: Where, id: string, { now }: Env): HubEvent => ({
  type: 'timer.set',
  key: timerOf(where, id),
  due: now + rules.uploadLife,
  command: { type: 'BlobUploadCancel', ...where, id },
})

const uuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
