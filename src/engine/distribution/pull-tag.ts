import { Problem } from '../../core/problem.ts'
import { parsePlatform } from '../containers/platform.ts'
import type { Image } from '../images/image.ts'
import type { Descriptor } from '../images/oci.ts'
import { canonical, familiar, type Reference } from '../images/reference.ts'
import type { RemoteLayer } from './distribution.ts'
import { download } from './download.ts'
import { schema1 } from './errors.ts'
import { chosen, head, manifestBytes, readManifest } from './manifest.ts'
import type { Repository } from './repository.ts'
import type { Talk, Telling } from './talk.ts'

export interface PulledTag {
  /** It did not name this image here before. */
  readonly newer: boolean
  readonly warnings: readonly object[]
}

/** One tag or digest: its image, and its names here. `platform`: empty is the daemon's own. */
export function* pullTag(
  repository: Repository,
  reference: Reference,
  platform: string,
  telling: Telling,
): Talk<PulledTag> {
  const { digest } = yield* head(repository, reference.digest ?? reference.tag!)
  telling.lines.push({ status: `Pulling from ${repository.path}`, id: reference.tag ?? familiar(reference) })
  const image = yield* imageOf(repository, digest, reference, platform, telling)
  telling.lines.push({ status: `Digest: ${digest}` })
  return { newer: refer(image, reference, digest, telling), warnings: mismatch(image, reference, platform) }
}

/** The image of a manifest, which may be here already. */
function* imageOf(
  repository: Repository,
  digest: string,
  reference: Reference,
  platform: string,
  telling: Telling,
): Talk<Image> {
  // By digest, so one that was seen before need not be asked for.
  const seen = telling.known.distribution.manifests.get(digest)
  const bytes = seen ?? (yield* manifestBytes(repository, digest))
  const { manifests, config, layers, schemaVersion } = readManifest(bytes)
  if (manifests) return yield* imageOf(repository, chosen(manifests, platform), reference, platform, telling)
  if (schemaVersion === 1) throw schema1(canonical(reference))
  if (!config || !layers) throw new Problem('System', 'unsupported manifest format')
  const image = here(config.digest, telling) ?? (yield* download(repository, config, layers, telling))
  const remotes = layers.map((layer, i) => [image.layers[i]!, remote(layer, repository)] as const)
  telling.events.push({ type: 'distribution.learn', digest, manifest: bytes, layers: remotes })
  return image
}

/** From before, or since the last answer. */
function here(id: string, { known, events }: Telling): Image | undefined {
  const added = events.find((event) => event.type === 'image.add' && event.image.id === id)
  return added?.type === 'image.add' ? added.image : known.images.byId.get(id)
}

const remote = ({ digest, size, mediaType }: Descriptor, { name }: Repository): RemoteLayer => ({
  digest,
  size,
  mediaType,
  repository: name,
})

/** Its names: what was asked for, and its digest. Whether the first one is new. */
function refer({ id }: Image, reference: Reference, digest: string, { known, events }: Telling): boolean {
  const { references } = known.images
  const own = canonical(reference)
  const pinned = canonical({ name: reference.name, tag: undefined, digest })
  for (const name of new Set([own, pinned]))
    if (references.get(name) !== id) events.push({ type: 'image.refer', id, reference: name })
  return references.get(own) !== id
}

/** moby: api/server/router/image — an image of another platform than asked for is told of. */
function mismatch({ os, architecture }: Image, reference: Reference, platform: string): object[] {
  if (platform === '') return []
  const wanted = parsePlatform(platform)
  if (wanted.architecture === architecture && wanted.os === os) return []
  return [
    {
      status: `WARNING: image with reference ${familiar(reference)} was found but its platform (${os}/${architecture}) does not match the specified platform (${platform})`,
    },
  ]
}
