import type { Input } from '../../http/input.ts'
import { type Answer, json } from '../../http/reply.ts'
import { type Descriptor, readDocument } from './document.ts'
import { VERSION_HEADER } from './errors.ts'
import { digestIn } from './find.ts'
import { OCI_EMPTY, OCI_INDEX } from './media-types.ts'
import { type Content, keyOf, type Manifest, type Where } from './registry.ts'

/** The manifests that are about another one. OCI distribution-spec 1.1, "Listing Referrers" */
export function referrersOf(content: Content, where: Where, { params, query }: Input): Answer {
  const digest = params.digest!
  digestIn(digest)
  const wanted = query.get('artifactType')
  const own = content.manifests
    .prefix(keyOf(where))
    .filter(({ subject }) => subject === digest)
    .map(descriptorOf)
  const told = fallback(content, where, digest).filter((one) => own.every((other) => other.digest !== one.digest))
  const manifests = [...own, ...told].filter(({ artifactType }) => wanted === null || artifactType === wanted)
  return json({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }, 200, [
    VERSION_HEADER,
    ['Content-Type', OCI_INDEX],
    ...(wanted === null ? [] : [['OCI-Filters-Applied', 'artifactType'] as const]),
  ])
}

/** What clients of registries without this endpoint have listed under a tag. OCI distribution-spec 1.1, "Referrers Tag Schema" */
function fallback(content: Content, where: Where, digest: string): readonly Descriptor[] {
  const listed = content.tags.get(keyOf(where, tagFor(digest)))
  const index = listed === undefined ? undefined : content.manifests.get(keyOf(where, listed))
  return index?.mediaType === OCI_INDEX ? readDocument(index.bytes, OCI_INDEX).manifests : []
}

/** A tag is no longer than 128 characters. */
const tagFor = (digest: string): string => {
  const [algorithm = '', hex = ''] = digest.split(':')
  return `${algorithm}-${hex.slice(0, 64)}`
}

function descriptorOf({ bytes, mediaType, digest }: Manifest) {
  const { artifactType, config, annotations } = readDocument(bytes, mediaType)
  const ofConfig = config && config.mediaType !== OCI_EMPTY ? config.mediaType : undefined
  return { mediaType, digest, size: bytes.length, artifactType: artifactType ?? ofConfig, annotations }
}
