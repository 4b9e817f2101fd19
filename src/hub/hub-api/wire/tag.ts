import { type Duration, HOUR, type Instant } from '../../../core/instant.ts'
import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { readDocument } from '../../registry/document.ts'
import { bytesIn, type Content, keyOf, type Manifest, type Where } from '../../registry/registry.ts'
import type { Repository } from '../../repositories/repository.ts'
import type { HubState } from '../../state.ts'
import { numberFor } from '../number.ts'

/** What has been pushed or pulled within this time is active. */
const MONTH: Duration = 30 * 24 * HOUR

interface Platform {
  readonly architecture?: string
  readonly os?: string
  readonly variant?: string
  readonly 'os.version'?: string
  readonly 'os.features'?: readonly string[]
  readonly features?: readonly string[]
}

interface Image {
  readonly digest: string
  readonly platform: Platform
  readonly size: number
}

/** components/schemas/tag */
export function tagWire(state: HubState, repository: Repository, tag: string, digest: string) {
  const { content, activity, rules, now } = state
  const manifest = content.manifests.get(keyOf(repository, digest))
  const record = activity.tags.get(keyOf(repository, tag))
  const { updated = repository.created, creator, updater } = record ?? {}
  const images = manifest ? imagesOf(content, repository, manifest) : []
  const pulled = activity.pulled.get(keyOf(repository, digest))
  const number = (kind: string, name: string) => numberFor(rules.secret, kind, name)
  return {
    creator: creator === undefined ? 0 : number('account', creator),
    id: number('tag', `${repository.name}:${tag} ${record?.created ?? repository.created}`),
    images: images.map((image) => imageWire(state, repository, image)),
    last_updated: rfc3339Nano(updated),
    last_updater: updater === undefined ? 0 : number('account', updater),
    last_updater_username: updater ?? '',
    name: tag,
    repository: number('repository', `${repository.name} ${repository.created}`),
    full_size: (images.find(({ platform }) => platform.architecture === 'amd64') ?? images[0])?.size ?? 0,
    v2: true,
    tag_status: statusOf(now, updated, pulled),
    tag_last_pulled: timeOf(pulled),
    tag_last_pushed: rfc3339Nano(updated),
    media_type: manifest?.mediaType ?? '',
    content_type: 'image',
    digest,
  }
}

const timeOf = (at: Instant | undefined): string | null => (at === undefined ? null : rfc3339Nano(at))

const statusOf = (now: Instant, pushed: Instant, pulled: Instant = pushed): string =>
  now - Math.max(pushed, pulled) < MONTH ? 'active' : 'inactive'

/** components/schemas/image */
function imageWire({ activity, now }: HubState, repository: Repository, { digest, platform, size }: Image) {
  const pushed = activity.pushed.get(keyOf(repository, digest)) ?? repository.created
  const pulled = activity.pulled.get(keyOf(repository, digest))
  return {
    architecture: platform.architecture ?? '',
    features: platform.features?.join(',') ?? '',
    variant: platform.variant ?? null,
    digest,
    os: platform.os ?? '',
    os_features: platform['os.features']?.join(',') ?? '',
    os_version: platform['os.version'] ?? null,
    size,
    status: statusOf(now, pushed, pulled),
    last_pulled: timeOf(pulled),
    last_pushed: rfc3339Nano(pushed),
  }
}

/** The one image that a manifest is, or all that a list names. */
function imagesOf(content: Content, where: Where, { bytes, mediaType, digest }: Manifest): Image[] {
  const { config, blobs, manifests } = readDocument(bytes, mediaType)
  if (config) {
    const size = blobs.reduce((sum, blob) => sum + blob.size, 0)
    return [{ digest, platform: platformIn(content, where, config.digest), size }]
  }
  return manifests.flatMap((one): Image[] => {
    const manifest = content.manifests.get(keyOf(where, one.digest))
    const [image] = manifest ? imagesOf(content, where, manifest) : []
    return image ? [{ ...image, platform: { ...image.platform, ...one.platform } }] : []
  })
}

/** The configuration says what an image is for; an artifact's may be anything. */
function platformIn(content: Content, where: Where, digest: string): Platform {
  try {
    return (JSON.parse(new TextDecoder().decode(bytesIn(content, where, digest))) ?? {}) as Platform
  } catch {
    return {}
  }
}
