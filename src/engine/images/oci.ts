import { goJson, utf8 } from '../../http/json-lines.ts'
import { digestOf } from '../../storage/digest.ts'
import type { Image, Images } from './image.ts'

export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json'
const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar'

/** The layers of an image as they are saved: plain tars. */
export function layerDescriptors({ layers }: Images, image: Image): Descriptor[] {
  return image.layers.map((digest) => ({ mediaType: OCI_LAYER, digest, size: layers.get(digest)?.tar.length ?? 0 }))
}

/** The manifest of a saved image. */
export function ociManifest(images: Images, image: Image): Uint8Array {
  const config: Descriptor = { mediaType: OCI_CONFIG, digest: image.id, size: image.json.length }
  return utf8(goJson({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: layerDescriptors(images, image) }))
}

export const descriptorOf = (mediaType: string, bytes: Uint8Array): Descriptor => ({
  mediaType,
  digest: digestOf(bytes),
  size: bytes.length,
})
