import { sizeOf } from '../../registry/blob.ts'
import { readDocument } from '../../registry/document.ts'
import { type Content, keyOf, type Where } from '../../registry/registry.ts'

/** What the registry holds of a repository, as the Hub API counts it. */
export interface Stored {
  /** Of manifests and of what they are made from, in order. */
  readonly mediaTypes: readonly string[]
  /** Of all blobs, each counted once. */
  readonly size: number
}

export function storedIn(content: Content, where: Where): Stored {
  const manifests = content.manifests.prefix(keyOf(where))
  const types = manifests.flatMap(({ bytes, mediaType }) => {
    const { config } = readDocument(bytes, mediaType)
    return config ? [mediaType, config.mediaType] : [mediaType]
  })
  const digests = new Set(content.links.prefix(keyOf(where)))
  const size = [...digests].reduce((sum, digest) => sum + sizeOf(content.blobs.get(digest) ?? []), 0)
  return { mediaTypes: [...new Set(types)].sort(), size }
}
