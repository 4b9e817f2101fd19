import type { Table } from '../../core/table.ts'
import { chainIds, isDigest } from '../../storage/digest.ts'
import { type Json, layerJson, tipJson } from '../../storage/image-v1.ts'
import { readDocument } from '../registry/document.ts'
import { LISTS } from '../registry/media-types.ts'
import { bytesIn, type Content, keyOf, type Manifest, type Where } from '../registry/registry.ts'
import { type ImageV1, placeOf } from './image.ts'

/** An image without layers is shown with an empty one: the end of an archive. */
const EMPTY_LAYER = new Uint8Array(1024)

/** By manifest, and by the repository that it is in. */
const chains = new WeakMap<Manifest, Map<string, readonly ImageV1[]>>()

/** What came by v2 as images of v1, root first; nothing where it is none. Docker's daemons of 2016 made the same ids of it. */
export function chainOf(content: Content, where: Where, manifest: Manifest): readonly ImageV1[] {
  const own = LISTS.has(manifest.mediaType) ? ofPlatform(content, where, manifest) : manifest
  if (!own) return []
  const known = chains.get(own) ?? new Map<string, readonly ImageV1[]>()
  chains.set(own, known)
  const made = known.get(keyOf(where)) ?? derive(content, where, own)
  known.set(keyOf(where), made)
  return made
}

/** Of many platforms' the usual one's. */
function ofPlatform(content: Content, where: Where, { bytes, mediaType }: Manifest): Manifest | undefined {
  const found = readDocument(bytes, mediaType).manifests.find((one) => {
    const { platform } = one as { platform?: { architecture?: string; os?: string } }
    return platform?.architecture === 'amd64' && platform.os === 'linux'
  })
  return found && content.manifests.get(keyOf(where, found.digest))
}

function derive(content: Content, where: Where, { bytes, mediaType, digest }: Manifest): readonly ImageV1[] {
  const { config, blobs: layers } = readDocument(bytes, mediaType)
  const json = parsed(config && bytesIn(content, where, config.digest))
  const diffIds = (json?.rootfs as { diff_ids?: unknown } | null | undefined)?.diff_ids
  if (!config || !json || !areDigests(diffIds) || diffIds.length !== layers.length) return []
  const archives = layers.map((layer) => bytesIn(content, where, layer.digest))
  if (archives.includes(undefined)) return []
  const tip = content.links.get(keyOf(where, config.digest))!.slice('sha256:'.length)
  const ids = [
    ...chainIds(diffIds)
      .map((chain) => chain.slice('sha256:'.length))
      .slice(0, -1),
    tip,
  ]
  return ids.map((id, i): ImageV1 => {
    const parent = ids[i - 1]
    const ancestry = ids.slice(0, i + 1).toReversed()
    const repository = placeOf(where).name
    const common = { repository, id, ancestry, layer: archives[i] ?? EMPTY_LAYER, complete: true }
    if (id !== tip) return { ...common, json: layerJson(id, parent) }
    return { ...common, json: tipJson(json, id, parent), manifest: { ...where, digest } }
  })
}

const areDigests = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && isDigest(one))

function parsed(bytes: Uint8Array | undefined): Json | undefined {
  try {
    const json: unknown = bytes && JSON.parse(new TextDecoder().decode(bytes))
    return typeof json === 'object' && json !== null ? (json as Json) : undefined
  } catch {
    return undefined
  }
}

type ById = ReadonlyMap<string, readonly ImageV1[]>
const known = new WeakMap<Table<Manifest>, Map<string, ById>>()

/** All of a registry's images that came by v2, by id: several repositories may have one. */
export function derivedImages(content: Content, registry: string): ById {
  const all = known.get(content.manifests) ?? new Map<string, ById>()
  known.set(content.manifests, all)
  const before = all.get(registry)
  if (before) return before
  const images = new Map<string, ImageV1[]>()
  for (const [key, manifest] of content.manifests.entries()) {
    if (!key.startsWith(`${registry}/`)) continue
    const where = { registry, name: key.slice(registry.length + 1, key.lastIndexOf(' ')) }
    for (const image of chainOf(content, where, manifest))
      images.set(image.id, [...(images.get(image.id) ?? []), image])
  }
  all.set(registry, images)
  return images
}
