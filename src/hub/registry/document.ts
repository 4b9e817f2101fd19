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

type Json = Readonly<Record<string, unknown>>

/** Refuses what is no manifest. distribution: manifest/schema2, manifest/ocischema */
export function readDocument(bytes: Uint8Array, contentType: string): Document {
  const json = parse(bytes)
  const mediaType = contentType.split(';')[0]!.trim().toLowerCase()
  if (!MANIFESTS.has(mediaType)) throw invalid()
  if (json.schemaVersion !== 2) throw invalid()
  if ((json.mediaType ?? mediaType) !== mediaType) throw invalid()
  const listing = LISTS.has(mediaType)
  if (mediaType.startsWith('application/vnd.oci.')) checkKind(json, listing)
  return {
    mediaType,
    artifactType: typeof json.artifactType === 'string' ? json.artifactType : undefined,
    annotations: annotations(json.annotations),
    subject: json.subject === undefined || json.subject === null ? undefined : descriptor(json.subject),
    config: listing ? undefined : descriptor(json.config),
    blobs: listing ? [] : descriptors(json.layers),
    manifests: listing ? descriptors(json.manifests) : [],
  }
}

/** What might be read as an image and as a list is neither. distribution: manifest/ocischema, CVE-2021-41190 */
function checkKind(json: Json, listing: boolean): void {
  const others = listing ? [json.config, json.layers] : [json.manifests]
  if (others.some((one) => one !== undefined && one !== null)) throw invalid()
}

function parse(bytes: Uint8Array): Json {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (isObject(json)) return json
  } catch {
    // The same refusal as for any other text.
  }
  throw invalid()
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'

function annotations(value: unknown): Document['annotations'] {
  if (value === undefined || value === null) return undefined
  if (!isObject(value) || !Object.values(value).every(isText)) throw invalid()
  return value as Document['annotations']
}

function descriptors(value: unknown): Descriptor[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw invalid()
  return value.map(descriptor)
}

/** Go leaves what is missing empty; of what is there the type is to be right. */
function descriptor(value: unknown): Descriptor {
  const given = value ?? {}
  if (!isObject(given)) throw invalid()
  const { digest = '', size = 0, mediaType = '', urls, platform } = given
  const texts = isText(digest) && isText(mediaType) && typeof size === 'number'
  const lists = urls === undefined || urls === null || (Array.isArray(urls) && urls.every(isText))
  if (!texts || !lists || !(platform === undefined || platform === null || isPlatform(platform))) throw invalid()
  annotations(given.annotations)
  return { ...given, digest, size, mediaType } as Descriptor
}

function isPlatform(value: unknown): boolean {
  if (!isObject(value)) return false
  const { architecture = '', os = '', variant = '' } = value
  return [architecture, os, variant].every(isText)
}
