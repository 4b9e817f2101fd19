import { type Instant, SECOND } from '../../core/instant.ts'
import type { HubEvent } from '../events.ts'
import { lookupListing } from '../index-v1/find.ts'
import { readDocument } from '../registry/document.ts'
import { isTag } from '../registry/find.ts'
import { keyOf, type Where } from '../registry/registry.ts'
import { isImmutable } from '../repositories/immutable.ts'
import { newRepository, repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { HubVerb } from '../verb.ts'
import type { RegistryV1Commands } from './commands.ts'
import { imageNotFound, invalidData, invalidTag, tagImmutable } from './errors.ts'
import { findChain, lookupImage } from './find.ts'
import { type ImageV1, isImageId, placeOf } from './image.ts'
import { manifestEvents } from './manifest-of.ts'

/** `PUT /v1/repositories/<name>/tags/<tag>`: the image, which must be whole, is seen from now on, by both protocols. */
export const putTag: HubVerb<RegistryV1Commands['TagPutV1']> = (state, command, env) => {
  const { registry, name, tag, bytes, agent } = command
  const where = { registry, name }
  if (!isTag(tag)) throw invalidTag()
  const id = stringOf(bytes)
  if (!isImageId(id) || !lookupImage(state, where, id)) throw imageNotFound()
  const chain = findChain(state, where, id)
  const { manifest } = chain.at(-1)!
  const events = manifest ? copied(state, manifest, where, tag) : manifestEvents(where, tag, chain)
  const { digest } = events.find((event) => event.type === 'manifest.add')!.manifest
  checkMovable(state, where, tag, digest)
  // The token says nothing of it; whoever began the push at the Index goes on with it here.
  const account = lookupListing(state, where)?.by
  const info = { updated: Math.floor(env.now / SECOND), agent }
  return [
    ...repositoryOf(state, where, env.now),
    ...(manifest ? [] : takenOver(placeOf(where), chain)),
    ...events.map((event) => (event.type === 'manifest.add' ? { ...event, account } : event)),
    { type: 'imagev1.tag', ...where, tag, digest, source: manifest ? undefined : id, info },
  ]
}

/** What other repositories have of it, and this one not yet. */
const takenOver = (where: Where, chain: readonly ImageV1[]): HubEvent[] =>
  chain
    .filter(({ repository }) => repository !== where.name)
    .map(
      ({ manifest: _, ...image }): HubEvent => ({
        type: 'imagev1.copy',
        ...where,
        image: { ...image, repository: where.name },
      }),
    )

/** Tags that fit a rule of the repository stay where they are. */
function checkMovable({ content, repositories }: HubState, where: Where, tag: string, digest: string): void {
  const present = content.tags.get(keyOf(where, tag))
  const repository = repositories.get(repositoryKey(where.registry, where.name))
  if (present !== undefined && present !== digest && isImmutable(repository, tag)) throw tagImmutable(tag)
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
    ...[config!, ...blobs].flatMap(({ digest: asked }): HubEvent[] => {
      const digest = content.links.get(keyOf(from, asked))
      return digest === undefined ? [] : [{ type: 'blob.add', ...to, digest, asked, bytes: content.blobs.get(digest)! }]
    }),
    { type: 'manifest.add', ...to, manifest, tag },
  ]
}

/** The first tag makes the repository. */
function repositoryOf({ repositories }: HubState, { registry, name }: Where, now: Instant): HubEvent[] {
  if (repositories.has(repositoryKey(registry, name))) return []
  return [{ type: 'repository.set', repository: newRepository({ registry, name }, now) }]
}
