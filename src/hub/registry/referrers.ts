import type { Input } from '../../http/input.ts'
import { type Answer, json } from '../../http/reply.ts'
import { isDigest } from '../../storage/digest.ts'
import { readDocument } from './document.ts'
import { RegistryProblem, VERSION_HEADER } from './errors.ts'
import { OCI_EMPTY, OCI_INDEX } from './media-types.ts'
import { type Content, keyOf, type Manifest, type Where } from './registry.ts'

/** The manifests that are about another one. OCI distribution-spec 1.1, "Listing Referrers" */
export function referrersOf(content: Content, where: Where, { params, query }: Input): Answer {
  const digest = params.digest!
  if (!isDigest(digest)) throw new RegistryProblem('DIGEST_INVALID', { detail: 'invalid checksum digest format' })
  const wanted = query.get('artifactType')
  const manifests = content.manifests
    .prefix(keyOf(where))
    .filter(({ subject }) => subject === digest)
    .map(descriptorOf)
    .filter(({ artifactType }) => wanted === null || artifactType === wanted)
  return json({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }, 200, [
    VERSION_HEADER,
    ['Content-Type', OCI_INDEX],
    ...(wanted === null ? [] : [['OCI-Filters-Applied', 'artifactType'] as const]),
  ])
}

function descriptorOf({ bytes, mediaType, digest }: Manifest) {
  const { artifactType, config, annotations } = readDocument(bytes, mediaType)
  const ofConfig = config && config.mediaType !== OCI_EMPTY ? config.mediaType : undefined
  return { mediaType, digest, size: bytes.length, artifactType: artifactType ?? ofConfig, annotations }
}
