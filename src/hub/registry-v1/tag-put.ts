import { type Instant, SECOND } from '../../core/instant.ts'
import type { HubEvent } from '../events.ts'
import { readDocument } from '../registry/document.ts'
import { isTag } from '../registry/find.ts'
import { keyOf, type Where } from '../registry/registry.ts'
import { newRepository, repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { HubVerb } from '../verb.ts'
import type { RegistryV1Commands } from './commands.ts'
import { imageNotFound, invalidData, invalidTag } from './errors.ts'
import { findChain, lookupImage } from './find.ts'
import { type ImageV1, isImageId } from './image.ts'
import { manifestEvents } from './manifest-of.ts'

/** `PUT /v1/repositories/<name>/tags/<tag>`: the image, which must be whole, is seen from now on, by both protocols. */
export const putTag: HubVerb<RegistryV1Commands['TagPutV1']> = (state, command, env) => {
  const { registry, name, tag, bytes, agent } = command
  const where = { registry, name }
  if (!isTag(tag)) throw invalidTag()
  const id = stringOf(bytes)
  if (!isImageId(id) || !lookupImage(state, registry, id)) throw imageNotFound()
  const chain = findChain(state, registry, id)
  const { manifest } = chain.at(-1)!
  const events = manifest ? copied(state, manifest, where, tag) : manifestEvents(where, tag, chain)
  const { digest } = events.find((event) => event.type === 'manifest.add')!.manifest
  const info = { updated: Math.floor(env.now / SECOND), agent }
  return [
    ...repositoryOf(state, where, env.now),
    ...events,
    { type: 'imagev1.tag', ...where, tag, digest, source: manifest ? undefined : id, info },
  ]
}

function stringOf(bytes: Uint8Array): string {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw invalidData()
  }
  if (typeof value !== 'string') throw invalidData()
  return value
}

/** What came by v2 stays as it came. */
function copied({ content }: HubState, from: NonNullable<ImageV1['manifest']>, to: Where, tag: string): HubEvent[] {
  const manifest = content.manifests.get(keyOf(from, from.digest))
  if (!manifest) throw imageNotFound()
  const { config, blobs } = readDocument(manifest.bytes, manifest.mediaType)
  return [
    ...[config!, ...blobs].map(
      ({ digest }): HubEvent => ({ type: 'blob.add', ...to, digest, bytes: content.blobs.get(digest)! }),
    ),
    { type: 'manifest.add', ...to, manifest, tag },
  ]
}

/** The first tag makes the repository. */
function repositoryOf({ repositories }: HubState, { registry, name }: Where, now: Instant): HubEvent[] {
  if (repositories.has(repositoryKey(registry, name))) return []
  return [{ type: 'repository.set', repository: newRepository({ registry, name }, now) }]
}
