import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import { digestOf } from '../../storage/digest.ts'
import { parsePlatform } from '../containers/platform.ts'
import type { Descriptor } from '../images/oci.ts'
import { bytesOf, headerOf, refusalOf } from './errors.ts'
import type { Repository } from './repository.ts'
import { ok } from './session.ts'
import type { Talk } from './talk.ts'

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
export function* head(repository: Repository, reference: string): Talk<Head> {
  const path = `manifests/${reference}`
  const looked = yield* repository.ask({ method: 'HEAD', path, headers: { accept: ACCEPT } })
  const digest = headerOf(looked, 'docker-content-digest')
  const mediaType = headerOf(looked, 'content-type') ?? ''
  if (ok(looked) && digest !== undefined) return { digest, mediaType, size: Number(headerOf(looked, 'content-length')) }
  const got = yield* repository.ask({ method: 'GET', path, headers: { accept: ACCEPT } })
  if (!ok(got)) throw refusalOf(got)
  const bytes = bytesOf(got)
  return { digest: digestOf(bytes), mediaType: headerOf(got, 'content-type') ?? '', size: bytes.length }
}

/** The manifest itself, whose bytes must be what its digest says. */
export function* manifestBytes(repository: Repository, digest: string): Talk<Uint8Array> {
  const got = yield* repository.ask({ method: 'GET', path: `manifests/${digest}`, headers: { accept: ACCEPT } })
  if (!ok(got)) throw refusalOf(got)
  const bytes = bytesOf(got)
  if (digestOf(bytes) !== digest) throw new Problem('System', `manifest verification failed for digest ${digest}`)
  return bytes
}

/** The one for a platform; empty is the daemon's own. moby: distribution/pull_v2_unix.go filterManifests */
export function chosen(manifests: NonNullable<ManifestDocument['manifests']>, wanted: string): string {
  const { architecture, os } = parsePlatform(wanted || 'linux/amd64')
  const one = manifests.find(({ platform }) => platform?.architecture === architecture && platform.os === os)
  if (one) return one.digest
  throw new Problem('NotFound', `no matching manifest for ${os}/${architecture} in the manifest list entries`)
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
