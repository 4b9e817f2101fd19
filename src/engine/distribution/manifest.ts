import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import { digestOf } from '../../storage/digest.ts'
import type { Descriptor } from '../images/oci.ts'
import { bytesOf, headerOf, refusalOf } from './errors.ts'
import { ok, type Session } from './session.ts'
import type { Ask, Talk } from './talk.ts'

export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json'
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

const ACCEPT = [
  DOCKER_MANIFEST,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/json',
].join(', ')

export interface Platform {
  readonly architecture: string
  readonly os: string
  readonly variant?: string
}

export interface ManifestDocument {
  readonly schemaVersion?: number
  readonly mediaType?: string
  readonly config?: Descriptor
  readonly layers?: readonly Descriptor[]
  readonly manifests?: readonly (Descriptor & { readonly platform?: Platform })[]
}

export interface Head {
  readonly digest: string
  readonly mediaType: string
  readonly size: number
}

/** Looks up what a tag or digest stands for. If the look fails, the GET says why. moby: distribution/pull_v2.go pullTag */
export function* head(session: Session, path: string, reference: string, scope: string): Talk<Head> {
  const url = `/v2/${path}/manifests/${reference}`
  const looked = yield* session.ask({ method: 'HEAD', path: url, headers: { accept: ACCEPT }, scopes: [scope] })
  const digest = headerOf(looked, 'docker-content-digest')
  if (ok(looked) && digest !== undefined) {
    return {
      digest,
      mediaType: headerOf(looked, 'content-type') ?? '',
      size: Number(headerOf(looked, 'content-length')),
    }
  }
  const got = yield* session.ask({ method: 'GET', path: url, headers: { accept: ACCEPT }, scopes: [scope] })
  if (!ok(got)) throw refusalOf(got)
  const bytes = bytesOf(got)
  return { digest: digestOf(bytes), mediaType: headerOf(got, 'content-type') ?? '', size: bytes.length }
}

/** The manifest itself, whose bytes must be what its digest says. */
export function* manifestBytes(session: Session, path: string, digest: string, scope: string): Talk<Uint8Array> {
  const url = `/v2/${path}/manifests/${digest}`
  const got = yield* session.ask({ method: 'GET', path: url, headers: { accept: ACCEPT }, scopes: [scope] })
  if (!ok(got)) throw refusalOf(got)
  const bytes = bytesOf(got)
  if (digestOf(bytes) !== digest) throw new Problem('System', `manifest verification failed for digest ${digest}`)
  return bytes
}

export function* blobBytes(
  session: Session,
  path: string,
  digest: string,
  scope: string,
  on: Omit<Ask, 'request'> = {},
): Talk<Uint8Array> {
  const got = yield* session.ask({ method: 'GET', path: `/v2/${path}/blobs/${digest}`, scopes: [scope], ...on })
  if (!ok(got)) throw refusalOf(got)
  return bytesOf(got)
}

export const readManifest = (bytes: Uint8Array): ManifestDocument =>
  JSON.parse(new TextDecoder().decode(bytes)) as ManifestDocument

/** Docker's own manifest, written as it writes it. distribution: manifest/schema2 */
export function writeManifest(
  config: { readonly digest: string; readonly size: number },
  layers: readonly { readonly digest: string; readonly size: number; readonly mediaType?: string }[],
): Uint8Array {
  const document = {
    schemaVersion: 2,
    mediaType: DOCKER_MANIFEST,
    config: { mediaType: DOCKER_CONFIG, size: config.size, digest: config.digest },
    layers: layers.map(({ mediaType = DOCKER_LAYER, size, digest }) => ({ mediaType, size, digest })),
  }
  return utf8(JSON.stringify(document, null, 3))
}
