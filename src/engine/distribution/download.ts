import { Problem } from '../../core/problem.ts'
import { digestOf } from '../../storage/digest.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { readingArchive } from '../images/archive-problem.ts'
import type { Image } from '../images/image.ts'
import { type Layer, layerOf, stack } from '../images/layer.ts'
import { readImage } from '../images/make-image.ts'
import type { Descriptor } from '../images/oci.ts'
import { blobBytes } from './blob.ts'
import { extracting } from './progress.ts'
import type { Repository } from './repository.ts'
import type { Talk, Telling } from './talk.ts'

/** An image that is not here: its config, and those of its layers that are not. moby: distribution/xfer/download.go */
export function* download(
  repository: Repository,
  config: Descriptor,
  layers: readonly Descriptor[],
  telling: Telling,
): Talk<Image> {
  const json = yield* blobBytes(repository, config.digest)
  if (digestOf(json) !== config.digest)
    throw new Problem('System', `image config verification failed for digest ${config.digest}`)
  const kept = keptOf(layers, telling)
  for (const [i, { digest }] of layers.entries())
    say(telling, digest, i < kept.length ? 'Already exists' : 'Pulling fs layer')
  const missing = layers.slice(kept.length)
  const blobs: Uint8Array[] = []
  for (const { digest } of missing) blobs.push(yield* layerBlob(repository, digest, telling))
  const made = unpack(kept, blobs, telling)
  extracted(missing, telling)
  const { image } = readImage(json, made)
  check(image.layers, made)
  telling.events.push({ type: 'image.add', image, layers: made })
  return image
}

/** Only a whole stack from the bottom can be here. */
function keptOf(layers: readonly Descriptor[], { known: { distribution, images } }: Telling): Layer[] {
  const kept: Layer[] = []
  for (const { digest } of layers) {
    const layer = images.layers.get(distribution.diffIds.get(digest) ?? '')
    if (!layer) break
    kept.push(layer)
  }
  return kept
}

function* layerBlob(repository: Repository, digest: string, telling: Telling): Talk<Uint8Array> {
  const progress = { status: 'Downloading', id: short(digest) } as const
  const bytes = yield* blobBytes(repository, digest, { progress, shared: digest })
  say(telling, digest, 'Verifying Checksum')
  if (digestOf(bytes) !== digest)
    throw new Problem('System', `filesystem layer verification failed for digest ${digest}`)
  say(telling, digest, 'Download complete')
  return bytes
}

function unpack(below: readonly Layer[], blobs: readonly Uint8Array[], { known }: Telling): Layer[] {
  const layers = [...below]
  let root = stack(below)
  for (const blob of blobs) {
    const layer = readingArchive(() => layerOf(decompress(blob), root))
    root = layer.over(root)
    layers.push(known.images.layers.get(layer.diffId) ?? layer)
  }
  return layers
}

function extracted(layers: readonly Descriptor[], telling: Telling): void {
  for (const { digest, size } of layers) {
    telling.lines.push(...extracting(short(digest), size))
    say(telling, digest, 'Pull complete')
  }
}

function check(diffIds: readonly string[], layers: readonly Layer[]): void {
  const agree = diffIds.length === layers.length && diffIds.every((diffId, i) => diffId === layers[i]!.diffId)
  if (!agree) throw new Problem('System', "layers from manifest don't match image configuration")
}

function say({ lines }: Telling, digest: string, status: string): void {
  lines.push({ status, progressDetail: {}, id: short(digest) })
}

const short = (digest: string) => digest.slice('sha256:'.length, 'sha256:'.length + 12)
