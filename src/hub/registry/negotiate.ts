import { isDigest } from './digest.ts'
import { readDocument } from './document.ts'
import { RegistryProblem } from './errors.ts'
import { findManifest } from './find.ts'
import { DOCKER_LIST, OCI_INDEX, OCI_MANIFEST } from './media-types.ts'
import type { Content, Manifest, Where } from './registry.ts'

const DEFAULT = { architecture: 'amd64', os: 'linux' }

/**
 * The manifest in a form that the client takes: who does not know lists gets the one for linux/amd64 when a tag is asked
 * for, and OCI's are never given to those who do not ask for them. distribution: registry/handlers/manifests.go
 */
export function negotiated(content: Content, where: Where, reference: string, accept: string | undefined): Manifest {
  const manifest = findManifest(content, where, reference)
  const taken = (type: string) => acceptedBy(accept).has(type)
  if (manifest.mediaType === OCI_MANIFEST && !taken(OCI_MANIFEST)) throw unsupported('OCI manifest', 'OCI manifests')
  if (manifest.mediaType === OCI_INDEX && !taken(OCI_INDEX)) throw unsupported('OCI index', 'OCI indexes')
  if (manifest.mediaType !== DOCKER_LIST || taken(DOCKER_LIST) || isDigest(reference)) return manifest
  const { manifests } = readDocument(manifest.bytes, DOCKER_LIST)
  const one = manifests.find(
    ({ platform }) => platform?.architecture === DEFAULT.architecture && platform.os === DEFAULT.os,
  )
  if (!one) throw new RegistryProblem('MANIFEST_UNKNOWN')
  return findManifest(content, where, one.digest)
}

const unsupported = (one: string, many: string) =>
  new RegistryProblem('MANIFEST_UNKNOWN', { message: `${one} found, but accept header does not support ${many}` })

const acceptedBy = (header = ''): ReadonlySet<string> =>
  new Set(header.split(',').map((one) => one.split(';', 1)[0]!.trim()))
