import { utf8 } from '../../http/json-lines.ts'
import { ArchiveError } from '../../storage/archive-error.ts'
import { type Digest, digestOf } from '../../storage/digest.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { configOf } from '../../storage/image-v1.ts'
import type { HubEvent } from '../events.ts'
import { DOCKER_MANIFEST } from '../registry/media-types.ts'
import type { Where } from '../registry/registry.ts'
import type { ImageV1 } from './image.ts'
import { jsonOf } from './json-put.ts'

const CONFIG = 'application/vnd.docker.container.image.v1+json'
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

const diffIds = new WeakMap<Uint8Array, Digest>()

/** Of the archive as it was before it was compressed; what cannot be read stands for itself. */
function diffIdOf(layer: Uint8Array): Digest {
  const known = diffIds.get(layer)
  if (known !== undefined) return known
  const digest = digestOf(unpacked(layer))
  diffIds.set(layer, digest)
  return digest
}

function unpacked(layer: Uint8Array): Uint8Array {
  try {
    return decompress(layer)
  } catch (error) {
    if (error instanceof ArchiveError) return layer
    throw error
  }
}

/** The images of v1, root first, as v2 has them: the same layers, byte for byte, a config and a manifest. */
export function manifestEvents(where: Where, tag: string, chain: readonly ImageV1[]): HubEvent[] {
  const layers = chain.map(({ layer }) => layer!)
  const config = configOf(
    chain.map(({ json }) => jsonOf(json) ?? {}),
    layers.map(diffIdOf),
  )
  const blobs = [...layers, config].map((bytes) => ({ digest: digestOf(bytes), bytes }))
  const descriptors = blobs.map(({ digest, bytes }) => ({ size: bytes.length, digest }))
  const document = {
    schemaVersion: 2,
    mediaType: DOCKER_MANIFEST,
    config: { mediaType: CONFIG, ...descriptors.at(-1)! },
    layers: descriptors.slice(0, -1).map((one) => ({ mediaType: LAYER, ...one })),
  }
  const bytes = utf8(JSON.stringify(document, null, 3))
  const manifest = { digest: digestOf(bytes), mediaType: DOCKER_MANIFEST, bytes, subject: undefined }
  return [
    ...blobs.map((blob): HubEvent => ({ type: 'blob.add', ...where, ...blob })),
    { type: 'manifest.add', ...where, manifest, tag },
  ]
}
