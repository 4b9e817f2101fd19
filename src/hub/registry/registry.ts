import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import { type Blob, wholeOf } from './blob.ts'

/** A manifest as it was put, byte for byte. */
export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** The digest of the manifest that this one is about. */
  readonly subject: string | undefined
}

/** An upload that goes on. */
export interface Upload {
  readonly id: string
  readonly parts: readonly Uint8Array[]
  readonly size: number
  readonly started: Instant
}

/** What the registries of the tank hold. Keys are `host/name what`: a name has no space in it. */
export interface Content {
  /** By sha256 digest: repositories share their bytes. */
  readonly blobs: Table<Blob>
  /** `host/name digest` → sha256 digest: the blobs that a repository has, by whatever digest they were put. */
  readonly links: Table<string>
  /** `host/name digest` → manifest. */
  readonly manifests: Table<Manifest>
  /** `host/name tag` → digest. */
  readonly tags: Table<string>
  /** `host/name id` → upload. */
  readonly uploads: Table<Upload>
  /** Who pulled how much in the present window: account, or `` for those without. */
  readonly windows: Table<Window>
}

export interface Window {
  readonly began: Instant
  readonly pulls: number
}

export const noContent: Content = {
  blobs: Table.empty,
  links: Table.empty,
  manifests: Table.empty,
  tags: Table.empty,
  uploads: Table.empty,
  windows: Table.empty,
}

/** A repository of one registry. */
export interface Where {
  /** The registry's host. */
  readonly registry: string
  readonly name: string
}

export const keyOf = ({ registry, name }: Where, what = ''): string => `${registry}/${name} ${what}`

/** The tags of a repository in order, each with its digest. */
export function tagsOf({ tags }: Content, where: Where): readonly (readonly [tag: string, digest: string])[] {
  const prefix = keyOf(where)
  return tags.keysUnder(prefix).map((key) => [key.slice(prefix.length), tags.get(key)!])
}

/** A blob of the repository. */
export function blobIn({ blobs, links }: Content, where: Where, digest: string): Blob | undefined {
  const canonical = links.get(keyOf(where, digest))
  return canonical === undefined ? undefined : blobs.get(canonical)
}

/** … in one piece. */
export function bytesIn(content: Content, where: Where, digest: string): Uint8Array | undefined {
  const blob = blobIn(content, where, digest)
  return blob && wholeOf(blob)
}
