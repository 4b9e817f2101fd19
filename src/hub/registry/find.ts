import type { Blob } from './blob.ts'
import { isDigest } from './digest.ts'
import { GO_ERROR, PageNotFound, RegistryProblem } from './errors.ts'
import { blobIn, type Content, keyOf, type Manifest, type Upload, type Where } from './registry.ts'

const TAG = /^[\w][\w.-]{0,127}$/

export const isTag = (text: string): boolean => TAG.test(text)

/** opencontainers/go-digest: DigestRegexp — what is not even written like a digest finds no route. */
const DIGEST_LIKE = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/

/** The digest of a path. */
export function digestIn(text: string): string {
  if (!DIGEST_LIKE.test(text)) throw new PageNotFound()
  if (!isDigest(text)) throw new RegistryProblem('DIGEST_INVALID', { detail: GO_ERROR })
  return text
}

/** A tag or a digest of a path. */
export function referenceIn(text: string): string {
  if (!isTag(text) && !DIGEST_LIKE.test(text)) throw new PageNotFound()
  return text
}

/** By tag or by digest. */
export function findManifest(content: Content, where: Where, reference: string): Manifest {
  const digest = isDigest(reference) ? reference : content.tags.get(keyOf(where, reference))
  const manifest = digest === undefined ? undefined : content.manifests.get(keyOf(where, digest))
  if (manifest) return manifest
  const detail = isDigest(reference) ? { Name: where.name, Revision: reference } : { Tag: reference }
  throw new RegistryProblem('MANIFEST_UNKNOWN', { detail })
}

export function findBlob(content: Content, where: Where, digest: string): Blob {
  digestIn(digest)
  const known = blobIn(content, where, digest)
  if (!known) throw new RegistryProblem('BLOB_UNKNOWN', { detail: digest })
  return known
}

export function findUpload({ uploads }: Content, where: Where, id: string): Upload {
  const upload = uploads.get(keyOf(where, id))
  if (!upload) throw new RegistryProblem('BLOB_UPLOAD_UNKNOWN', { detail: GO_ERROR })
  return upload
}
