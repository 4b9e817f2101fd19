import { Problem } from '../../core/problem.ts'
import { goJson, utf8 } from '../../http/json-lines.ts'
import { digestOf } from '../../storage/digest.ts'
import { encodeParts } from '../../storage/tar/encode.ts'
import { DIRECTORY, type TarEntry, tarEntry } from '../../storage/tar/tar-entry.ts'
import type { Platform } from '../containers/platform.ts'
import type { Images } from './image.ts'
import { descriptorOf, layerDescriptors, OCI_INDEX, OCI_MANIFEST, ociManifest } from './oci.ts'
import { validParents } from './parents.ts'
import { canonical, familiar, familiarName, type Reference } from './reference.ts'
import { type Saved, selected } from './save-selection.ts'
import { legacyConfigs } from './wire/v1-json.ts'

/** A file of the archive; `mtime` in nanoseconds. */
interface File {
  readonly body: Uint8Array
  readonly mtime: bigint
}

const EPOCH = 0n

/** `docker save`: a docker-archive and an OCI layout in one tar. moby: image/tarexport/save.go */
export function save(images: Images, names: readonly string[], platform?: Platform): Uint8Array[] {
  const saved = selected(images, names, platform)
  const files = new Map<string, File>()
  const put = (name: string, body: Uint8Array, mtime = EPOCH) => files.set(name, { body, mtime })
  const manifests: unknown[] = []
  for (const one of saved) {
    const { image, references } = one
    if (image.layers.length === 0) throw new Problem('System', 'empty export - not implemented')
    const manifest = ociManifest(images, image)
    const descriptor = descriptorOf(OCI_MANIFEST, manifest)
    for (const [digest, body] of blobsOf(images, one)) put(blob(digest), body, createdOf(one))
    put(blob(descriptor.digest), manifest)
    manifests.push(
      ...(references.length > 0 ? references.map((reference) => named(descriptor, reference)) : [descriptor]),
    )
  }
  put('index.json', utf8(goJson({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: nilIfEmpty(manifests) })))
  put('manifest.json', utf8(`${goJson(dockerManifest(images, saved))}\n`))
  put('oci-layout', utf8('{"imageLayoutVersion": "1.0.0"}'))
  const repositories = repositoriesOf(saved)
  if (Object.keys(repositories).length > 0) put('repositories', utf8(`${goJson(repositories)}\n`))
  return encodeParts([...directories(saved), ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(entry)])
}

/** Its config, its layers, and what older daemons knew each layer by. */
function blobsOf(images: Images, { image }: Saved): [digest: string, body: Uint8Array][] {
  return [
    [image.id, image.json],
    ...image.layers.map((diffId): [string, Uint8Array] => [diffId, images.layers.get(diffId)!.tar]),
    ...legacyConfigs(image).map((json): [string, Uint8Array] => [digestOf(json), json]),
  ]
}

const nilIfEmpty = <T>(list: readonly T[]) => (list.length > 0 ? list : null)

const createdOf = ({ image }: Saved): bigint => BigInt(image.createdText ? image.created : 0) * 1000n

const blob = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`

const entry = ([name, { body, mtime }]: readonly [string, File]): TarEntry => tarEntry({ name, body, mtime })

function directories(saved: readonly Saved[]): TarEntry[] {
  const last = saved.at(-1)
  if (!last) return []
  const directory = (name: string, mtime: bigint) => tarEntry({ name, type: DIRECTORY, mode: 0o755, mtime })
  return [directory('blobs/', createdOf(last)), directory('blobs/sha256/', EPOCH)]
}

const named = (descriptor: object, reference: Reference) => ({
  ...descriptor,
  annotations: {
    'io.containerd.image.name': canonical(reference),
    'org.opencontainers.image.ref.name': reference.tag ?? '',
  },
})

function dockerManifest(images: Images, saved: readonly Saved[]): unknown {
  const parents = validParents(saved.map(({ image }) => image))
  const items = saved.map(({ image, references }) => {
    const parent = parents.get(image.id)
    const layers = layerDescriptors(images, image)
    return {
      Config: blob(image.id),
      RepoTags: nilIfEmpty(references.map(familiar)),
      Layers: image.layers.map(blob),
      ...(parent === undefined ? {} : { Parent: parent }),
      LayerSources: Object.fromEntries(
        layers.map(({ mediaType, digest, size }) => [digest, { mediaType, size, digest }]).sort(byKey),
      ),
    }
  })
  return nilIfEmpty(items)
}

const byKey = ([a]: readonly unknown[], [b]: readonly unknown[]) => (String(a) < String(b) ? -1 : 1)

/** The oldest form: repository → tag → its top layer. */
function repositoriesOf(saved: readonly Saved[]): Record<string, Record<string, string>> {
  const repositories: Record<string, Record<string, string>> = {}
  for (const { image, references } of saved)
    for (const { name, tag } of references) {
      const top = image.layers.at(-1)?.slice('sha256:'.length) ?? ''
      ;(repositories[familiarName(name)] ??= {})[tag ?? ''] = top
    }
  return repositories
}
