import { Problem } from '../../core/problem.ts'
import { goJson, utf8 } from '../../http/json-lines.ts'
import { encode } from '../../storage/tar/encode.ts'
import { DIRECTORY, type TarEntry, tarEntry } from '../../storage/tar/tar-entry.ts'
import { find, resolve } from './find.ts'
import type { Image, Images } from './image.ts'
import { descriptorOf, layerDescriptors, OCI_INDEX, OCI_MANIFEST, ociManifest } from './oci.ts'
import { canonical, familiar, familiarName, parseReference, type Reference, withDefaultTag } from './reference.ts'
import { referencesOf } from './references.ts'

interface Saved {
  readonly image: Image
  readonly references: Reference[]
}

/** `docker save`: a docker-archive and an OCI layout in one tar. moby: daemon/internal/image/tarexport/save.go */
export function save(images: Images, names: readonly string[]): Uint8Array {
  const saved = selected(images, names)
  const files = new Map<string, Uint8Array>()
  const manifests: unknown[] = []
  for (const { image, references } of saved) {
    const manifest = ociManifest(images, image)
    const descriptor = descriptorOf(OCI_MANIFEST, manifest)
    files.set(blob(descriptor.digest), manifest)
    files.set(blob(image.id), image.json)
    for (const diffId of image.layers) files.set(blob(diffId), images.layers.get(diffId)!.tar)
    manifests.push(
      ...(references.length > 0 ? references.map((reference) => named(descriptor, reference)) : [descriptor]),
    )
  }
  files.set(
    'index.json',
    utf8(goJson({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: manifests.length > 0 ? manifests : null })),
  )
  files.set('manifest.json', utf8(`${goJson(dockerManifest(images, saved))}\n`))
  files.set('oci-layout', utf8('{"imageLayoutVersion": "1.0.0"}'))
  const repositories = repositoriesOf(saved)
  if (Object.keys(repositories).length > 0) files.set('repositories', utf8(`${goJson(repositories)}\n`))
  return encode([...directories(saved), ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(entry)])
}

const blob = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`

const EPOCH = 0n

const entry = ([name, body]: readonly [string, Uint8Array]): TarEntry => tarEntry({ name, body, mtime: EPOCH })

function directories(saved: readonly Saved[]): TarEntry[] {
  if (saved.length === 0) return []
  return ['blobs/', 'blobs/sha256/'].map((name) => tarEntry({ name, type: DIRECTORY, mode: 0o755, mtime: EPOCH }))
}

/** Names of one image come together; an id alone is saved without a name, a repository alone with all its tags. */
function selected(images: Images, names: readonly string[]): Saved[] {
  const saved = new Map<string, Saved>()
  for (const name of names) {
    const { image, references } = one(images, name)
    const before = saved.get(image.id)?.references ?? []
    const added = references.filter((reference) => !before.some((known) => canonical(known) === canonical(reference)))
    saved.set(image.id, { image, references: [...before, ...added] })
  }
  return [...saved.values()]
}

/** The id of an image to be saved; the words for a name that is not there are others than everywhere else. */
export const findSaved = (images: Images, name: string): string => one(images, name).image.id

function one(images: Images, name: string): Saved {
  try {
    const image = find(images, name)
    const isId = image.id.startsWith(name) || image.id.startsWith(`sha256:${name}`)
    if (isId) return { image, references: [] }
    const given = parseReference(name)
    const reference = withDefaultTag(given)
    if (resolve(images, given) === undefined || reference.digest !== undefined) return { image, references: [] }
    return {
      image,
      references: referencesOf(images, image.id).filter((known) => canonical(known) === canonical(reference)),
    }
  } catch (problem) {
    if (problem instanceof Problem && problem.kind === 'NotFound')
      throw new Problem('NotFound', `No such image: ${name}`)
    throw problem
  }
}

const named = (descriptor: object, reference: Reference) => ({
  ...descriptor,
  annotations: {
    'io.containerd.image.name': canonical(reference),
    'org.opencontainers.image.ref.name': reference.tag ?? '',
  },
})

function dockerManifest(images: Images, saved: readonly Saved[]): unknown {
  if (saved.length === 0) return null
  return saved.map(({ image, references }) => ({
    Config: blob(image.id),
    RepoTags: references.length > 0 ? references.map(familiar) : null,
    Layers: image.layers.length > 0 ? image.layers.map(blob) : null,
    LayerSources: Object.fromEntries(
      layerDescriptors(images, image).map(({ mediaType, digest, size }) => [digest, { mediaType, size, digest }]),
    ),
  }))
}

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
