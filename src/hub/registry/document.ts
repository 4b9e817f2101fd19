import { isDigest } from './digest.ts'
import { GO_ERROR, RegistryProblem } from './errors.ts'
import { LISTS, MANIFESTS } from './media-types.ts'

export interface Descriptor {
  readonly artifactType?: string
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly urls?: readonly string[]
  readonly annotations?: Readonly<Record<string, string>>
  /** Of an entry of a list: what the image is for. */
  readonly platform?: { readonly architecture: string; readonly os: string; readonly variant?: string }
}

/** What a manifest says, as far as the registry looks. */
export interface Document {
  readonly mediaType: string
  readonly artifactType: string | undefined
  readonly annotations: Readonly<Record<string, string>> | undefined
  readonly subject: Descriptor | undefined
  /** An image's. */
  readonly config: Descriptor | undefined
  readonly blobs: readonly Descriptor[]
  /** A list's. */
  readonly manifests: readonly Descriptor[]
}

const invalid = (detail: unknown = GO_ERROR) => new RegistryProblem('MANIFEST_INVALID', { detail })

/** Refuses what is no manifest. distribution: manifest/schema2, manifest/ocischema */
export function readDocument(bytes: Uint8Array, contentType: string): Document {
  const json = parse(bytes)
  const mediaType = contentType.split(';')[0]!.trim() || (typeof json.mediaType === 'string' ? json.mediaType : '')
  if (!MANIFESTS.has(mediaType)) throw invalid()
  if (json.schemaVersion !== 2) throw invalid()
  if (json.mediaType !== undefined && json.mediaType !== mediaType) throw invalid()
  const listing = LISTS.has(mediaType)
  return {
    mediaType,
    artifactType: typeof json.artifactType === 'string' ? json.artifactType : undefined,
    annotations: json.annotations as Document['annotations'],
    subject: json.subject === undefined || json.subject === null ? undefined : descriptor(json.subject),
    config: listing ? undefined : descriptor(json.config),
    blobs: listing ? [] : descriptors(json.layers),
    manifests: listing ? descriptors(json.manifests) : [],
  }
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>
  } catch {
    // The same refusal as for any other text.
  }
  throw invalid()
}

function descriptors(value: unknown): Descriptor[] {
  if (!Array.isArray(value)) throw invalid()
  return value.map(descriptor)
}

function descriptor(value: unknown): Descriptor {
  const { digest, size } = (value ?? {}) as Partial<Descriptor>
  if (typeof digest !== 'string' || !isDigest(digest) || typeof size !== 'number') throw invalid()
  return value as Descriptor
}
