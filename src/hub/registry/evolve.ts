import type { Table } from '../../core/table.ts'
import type { HubEvolution } from '../verb.ts'
import type { Blob } from './blob.ts'
import type { RegistryEvents } from './events.ts'
import { type Content, keyOf, tagsOf } from './registry.ts'

const partsOf = (bytes: Uint8Array | Blob): Blob => (bytes instanceof Uint8Array ? [bytes] : bytes)

export const contentEvolution: HubEvolution<Content, RegistryEvents> = {
  'upload.start': (slice, event) => ({
    ...slice,
    uploads: slice.uploads.set(keyOf(event, event.upload.id), event.upload),
  }),
  'upload.append': (slice, event) => {
    const key = keyOf(event, event.id)
    const upload = slice.uploads.get(key)
    if (!upload) return slice
    const { parts, size } = upload
    const more = { ...upload, parts: [...parts, event.bytes], size: size + event.bytes.length }
    return { ...slice, uploads: slice.uploads.set(key, more) }
  },
  'upload.end': (slice, event) => ({ ...slice, uploads: slice.uploads.delete(keyOf(event, event.id)) }),
  'blob.add': (slice, event) => ({
    ...slice,
    blobs: slice.blobs.has(event.digest) ? slice.blobs : slice.blobs.set(event.digest, partsOf(event.bytes)),
    links: [event.digest, event.asked ?? event.digest].reduce(
      (links, digest) => links.set(keyOf(event, digest), event.digest),
      slice.links,
    ),
  }),
  // Other repositories may have the bytes: only the link goes.
  'blob.delete': (slice, event) => ({ ...slice, links: slice.links.delete(keyOf(event, event.digest)) }),
  'manifest.add': (slice, event) => ({
    ...slice,
    manifests: slice.manifests.set(keyOf(event, event.manifest.digest), event.manifest),
    tags: event.tag === undefined ? slice.tags : slice.tags.set(keyOf(event, event.tag), event.manifest.digest),
  }),
  'manifest.delete': (slice, event) => ({
    ...slice,
    manifests: slice.manifests.delete(keyOf(event, event.digest)),
    tags: tagsOf(slice, event)
      .filter(([, digest]) => digest === event.digest)
      .reduce((tags, [tag]) => tags.delete(keyOf(event, tag)), slice.tags),
  }),
  'tag.delete': (slice, event) => ({ ...slice, tags: slice.tags.delete(keyOf(event, event.tag)) }),
  'repository.delete': (slice, event) => ({
    ...slice,
    links: without(slice.links, keyOf(event)),
    manifests: without(slice.manifests, keyOf(event)),
    tags: without(slice.tags, keyOf(event)),
    uploads: without(slice.uploads, keyOf(event)),
  }),
  'manifest.pull': (slice, { account, window }) =>
    window ? { ...slice, windows: slice.windows.set(account, window) } : slice,
}

const without = <V>(table: Table<V>, prefix: string): Table<V> =>
  table.keysUnder(prefix).reduce((rest, key) => rest.delete(key), table)
