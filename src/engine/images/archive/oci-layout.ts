import { Problem } from '../../../core/problem.ts'
import { readImage } from '../make-image.ts'
import { OCI_INDEX } from '../oci.ts'
import { imageFacts, lengthMismatch, readLayers } from './docker-archive.ts'
import type { LayerReader } from './layers.ts'
import type { OpenedArchive } from './opened.ts'
import type { Fits, Packed } from './packed.ts'

interface Descriptor {
  readonly mediaType?: string
  readonly digest?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string }
}

const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const NAME = 'io.containerd.image.name'
const REF = 'org.opencontainers.image.ref.name'
/** Indexes may stand in indexes, but not for ever. */
const DEEPEST = 8

/** The images of an OCI layout: the graph-driver store of the daemon has no way to read one alone, the later store has. */
export function fromLayout(archive: OpenedArchive, layers: LayerReader, fits: Fits): Packed[] {
  const index = archive.json('index.json') as { manifests?: readonly Descriptor[] | null } | null
  return (index?.manifests ?? []).flatMap((descriptor) =>
    manifestsOf(archive, descriptor).flatMap((manifest) => imageOf(archive, manifest, descriptor, layers, fits)),
  )
}

/** What an index leads to; statements about images are no images. */
function manifestsOf(archive: OpenedArchive, descriptor: Descriptor, depth = 0): Descriptor[] {
  const { mediaType, digest = '', annotations = {}, platform } = descriptor
  if (annotations['vnd.docker.reference.type'] !== undefined || platform?.os === 'unknown') return []
  if (mediaType !== OCI_INDEX && mediaType !== DOCKER_LIST) return [descriptor]
  if (depth > DEEPEST) throw new Problem('System', 'invalid index: nested too deep')
  const { manifests } = archive.json(blobPath(digest)) as { manifests?: readonly Descriptor[] | null }
  return (manifests ?? []).flatMap((one) => manifestsOf(archive, one, depth + 1))
}

function imageOf(
  archive: OpenedArchive,
  { digest = '' }: Descriptor,
  named: Descriptor,
  layers: LayerReader,
  fits: Fits,
): Packed[] {
  const document = archive.json(blobPath(digest)) as { config?: Descriptor; layers?: readonly Descriptor[] | null }
  const json = archive.read(blobPath(document.config?.digest ?? ''))
  const facts = imageFacts(json)
  if (!fits(facts)) return []
  const blobs = document.layers ?? []
  if (blobs.length !== facts.layers.length) throw lengthMismatch(blobs.length, facts.layers.length)
  const read = readLayers(facts, layers, (at) => archive.read(blobPath(blobs[at]?.digest ?? '')))
  return [{ whole: readImage(json, read), names: namesOf(named), fresh: layers.fresh(), parent: '' }]
}

/** A ref name may be a tag alone, which names nothing here. */
function namesOf({ annotations = {} }: Descriptor): string[] {
  const name = annotations[NAME] ?? annotations[REF]
  return name !== undefined && /[:/]/.test(name) ? [name] : []
}

const blobPath = (digest: string) => `blobs/${digest.replace(':', '/')}`
