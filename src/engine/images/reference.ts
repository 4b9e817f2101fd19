import { memoised } from '../../core/memoised.ts'
import { Problem } from '../../core/problem.ts'

/** A parsed reference. `name` is canonical: `docker.io/library/busybox`. */
export interface Reference {
  readonly name: string
  readonly tag: string | undefined
  /** `sha256:…`. */
  readonly digest: string | undefined
}

const DEFAULT_DOMAIN = 'docker.io'
const LEGACY_DOMAIN = 'index.docker.io'
const OFFICIAL = 'library/'

/** The grammar of github.com/distribution/reference. */
const ALPHANUMERIC = '[a-z0-9]+'
const SEPARATOR = '(?:[._]|__|[-]+)'
const COMPONENT = `${ALPHANUMERIC}(?:${SEPARATOR}${ALPHANUMERIC})*`
const DOMAIN_COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const HOST = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[(?:[a-fA-F0-9:]+)\\])`
const DOMAIN = `${HOST}(?::[0-9]+)?`
const NAME = `(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*`
const TAG = '[\\w][\\w.-]{0,127}'
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const REFERENCE = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`)
const ANCHORED_TAG = new RegExp(`^${TAG}$`)
const IDENTIFIER = /^[a-f0-9]{64}$/
const LONGEST_PATH = 255

const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

const invalid = (why = '') => new Problem('InvalidParameter', `invalid reference format${why}`)

/**
 * reference.ParseNormalizedNamed: the short names that people use become canonical.
 * @example parseReference('busybox:1.36') // { name: 'docker.io/library/busybox', tag: '1.36', digest: undefined }
 */
export const parseReference: (text: string) => Reference = memoised(parsed)

function parsed(text: string): Reference {
  if (IDENTIFIER.test(text))
    throw new Problem(
      'InvalidParameter',
      `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`,
    )
  const { domain, remainder } = splitDomain(text)
  const path = remainder.split(/[:@]/, 1)[0]!
  if (path.toLowerCase() !== path) throw invalid(`: repository name (${path}) must be lowercase`)
  const match = REFERENCE.exec(`${domain}/${remainder}`)
  if (!match) throw invalid()
  const [, name = '', tag, digest] = match
  if (name.length - domain.length - 1 > LONGEST_PATH)
    throw new Problem('InvalidParameter', `repository name must not be more than ${LONGEST_PATH} characters`)
  if (digest !== undefined) checkDigest(digest)
  return { name, tag, digest }
}

function checkDigest(digest: string): void {
  const [algorithm = '', hex = ''] = digest.split(':')
  const length = DIGEST_LENGTHS[algorithm]
  if (length === undefined) throw new Problem('InvalidParameter', 'unsupported digest algorithm')
  if (hex.length !== length) throw new Problem('InvalidParameter', 'invalid checksum digest length')
  if (hex !== hex.toLowerCase()) throw new Problem('InvalidParameter', 'invalid checksum digest format')
}

/** The first part is a registry's host if it looks like one; Docker Hub has one more part for official images. */
function splitDomain(text: string): { readonly domain: string; readonly remainder: string } {
  const slash = text.indexOf('/')
  const first = text.slice(0, Math.max(slash, 0))
  const named = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first)
  const domain = !named || first === LEGACY_DOMAIN ? DEFAULT_DOMAIN : first
  const remainder = named ? text.slice(slash + 1) : text
  return { domain, remainder: domain === DEFAULT_DOMAIN && !remainder.includes('/') ? OFFICIAL + remainder : remainder }
}

/** reference.TagNameOnly: a name alone means its `latest`. */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference
}

/** Everything written out: the key of the image store. */
export function canonical({ name, tag, digest }: Reference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** A canonical name as people write it: `docker.io/library/busybox` is `busybox`. */
export function familiarName(name: string): string {
  if (!name.startsWith(`${DEFAULT_DOMAIN}/`)) return name
  const path = name.slice(DEFAULT_DOMAIN.length + 1)
  return path.startsWith(OFFICIAL) && !path.slice(OFFICIAL.length).includes('/') ? path.slice(OFFICIAL.length) : path
}

/** reference.FamiliarString. */
export function familiar(reference: Reference): string {
  return canonical({ ...reference, name: familiarName(reference.name) })
}

/** Of a key of the image store. */
export function parseCanonical(text: string): Reference {
  const [, name = text, tag, digest] = REFERENCE.exec(text) ?? []
  return { name, tag, digest }
}

/** `docker.io` of `docker.io/library/busybox`. */
export function domainOf(name: string): string {
  return name.slice(0, name.indexOf('/'))
}

/** reference.WithTag. */
export function withTag(reference: Reference, tag: string): Reference {
  if (!ANCHORED_TAG.test(tag)) throw new Problem('InvalidParameter', 'invalid tag format')
  return { ...reference, tag, digest: undefined }
}
