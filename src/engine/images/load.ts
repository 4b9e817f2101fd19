import { Problem } from '../../core/problem.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { decode } from '../../storage/tar/decode.ts'
import { SYMLINK } from '../../storage/tar/tar-entry.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineVerb } from '../verb.ts'
import { readingArchive } from './archive-problem.ts'
import type { ImageCommands } from './commands.ts'
import type { Images } from './image.ts'
import { type Layer, layerOf, scratch } from './layer.ts'
import { readImage, type WholeImage } from './make-image.ts'
import { OCI_INDEX } from './oci.ts'
import { canonical, parseReference, withDefaultTag } from './reference.ts'

/** An image of an archive and the names it shall have. */
interface Packed {
  readonly whole: WholeImage
  readonly names: readonly string[]
}

type Files = ReadonlyMap<string, Uint8Array>

/** `docker load`: all of the archive or nothing. moby: daemon/internal/image/tarexport/load.go */
export const load: EngineVerb<ImageCommands['ImageLoad']> = (state, { archive }, env) => {
  const files = filesOf(archive)
  const packed = readingArchive(() => imagesOf(files, state.images))
  if (!packed) {
    const folder = `docker-import-${Math.floor(env.random() * 1e10)}`
    throw new Problem('System', `open /var/lib/docker/tmp/${folder}/repositories: no such file or directory`)
  }
  return packed.flatMap(({ whole: { image, layers }, names }): EngineEvent[] => [
    { type: 'image.add', image, layers },
    ...names.map(
      (name): EngineEvent => ({
        type: 'image.tag',
        id: image.id,
        reference: canonical(withDefaultTag(parseReference(name))),
      }),
    ),
    { type: 'image.load', id: image.id, names, fresh: layers.filter(({ diffId }) => !state.images.layers.has(diffId)) },
  ])
}

/** By clean path; a link shows what it leads to. */
function filesOf(archive: Uint8Array): Files {
  return readingArchive(() => {
    const files = new Map<string, Uint8Array>()
    for (const { name, type, linkname, body } of decode(decompress(archive))) {
      const path = name.replace(/^(\.?\/)+/, '')
      if (type !== SYMLINK) files.set(path, body)
      else {
        const target = files.get(resolved(path, linkname))
        if (target) files.set(path, target)
      }
    }
    return files
  })
}

function resolved(path: string, link: string): string {
  const parts = link.startsWith('/') ? [] : path.split('/').slice(0, -1)
  for (const part of link.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function imagesOf(files: Files, images: Images): Packed[] | undefined {
  const manifest = files.get('manifest.json')
  if (manifest) return fromDockerArchive(files, json(manifest), images)
  const index = files.get('index.json')
  return index && files.has('oci-layout') ? fromLayout(files, json(index), images) : undefined
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new Problem('System', 'invalid manifest, not valid JSON')
  }
}

interface DockerManifest {
  readonly Config?: string
  readonly RepoTags?: readonly string[] | null
  readonly Layers?: readonly string[] | null
}

function fromDockerArchive(files: Files, manifest: unknown, images: Images): Packed[] {
  if (!Array.isArray(manifest)) return []
  return (manifest as DockerManifest[]).map(({ Config = '', RepoTags, Layers }) => ({
    whole: assembled(need(files, Config), Layers?.map((path) => need(files, path)) ?? [], images),
    names: RepoTags ?? [],
  }))
}

interface OciDescriptor {
  readonly mediaType?: string
  readonly digest?: string
  readonly annotations?: Readonly<Record<string, string>>
}

function fromLayout(files: Files, index: unknown, images: Images): Packed[] {
  const { manifests = [] } = index as { manifests?: readonly OciDescriptor[] }
  return manifests.flatMap(({ mediaType, digest = '', annotations = {} }): Packed[] => {
    const document = json(blobOf(files, digest))
    if (mediaType === OCI_INDEX) return fromLayout(files, document, images)
    const { config, layers = [] } = document as { config?: OciDescriptor; layers?: readonly OciDescriptor[] }
    const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name']
    return [
      {
        whole: assembled(
          blobOf(files, config?.digest ?? ''),
          layers.map((layer) => blobOf(files, layer.digest ?? '')),
          images,
        ),
        names: name === undefined ? [] : [name],
      },
    ]
  })
}

const blobOf = (files: Files, digest: string) => need(files, `blobs/${digest.replace(':', '/')}`)

function need(files: Files, path: string): Uint8Array {
  const bytes = files.get(path.replace(/^(\.?\/)+/, ''))
  if (!bytes) throw new Problem('System', `open /var/lib/docker/tmp/docker-import/${path}: no such file or directory`)
  return bytes
}

function assembled(config: Uint8Array, archives: readonly Uint8Array[], images: Images): WholeImage {
  const layers: Layer[] = []
  let below = scratch
  for (const archive of archives) {
    const layer = layerOf(decompress(archive), below)
    const known = images.layers.get(layer.diffId) ?? layer
    layers.push(known)
    below = layer.stacked.get(below) ?? below
  }
  const whole = readImage(config, layers)
  checkLayers(whole)
  return whole
}

/** The config says which layers it is made of. */
function checkLayers({ image, layers }: WholeImage): void {
  if (image.layers.length !== layers.length)
    throw new Problem(
      'System',
      `invalid manifest, layers length mismatch: expected ${layers.length}, got ${image.layers.length}`,
    )
  for (const [at, { diffId }] of layers.entries())
    if (image.layers[at] !== diffId)
      throw new Problem(
        'System',
        `invalid diffID for layer ${at}: expected ${JSON.stringify(image.layers[at])}, got ${JSON.stringify(diffId)}`,
      )
}
