import { type Kind, Problem } from '../../core/problem.ts'
import type { Answer } from '../../http/reply.ts'
import { joinBytes } from '../../storage/join-bytes.ts'

/** One entry of a registry's `errors`. */
export interface Refusal {
  /** `MANIFEST_UNKNOWN` */
  readonly code: string
  readonly message: string
}

const KINDS: Readonly<Record<string, Kind>> = {
  UNAUTHORIZED: 'Unauthorized',
  DENIED: 'Forbidden',
  TOOMANYREQUESTS: 'TooManyRequests',
  MANIFEST_UNKNOWN: 'NotFound',
  NAME_UNKNOWN: 'NotFound',
  BLOB_UNKNOWN: 'NotFound',
  BLOB_UPLOAD_UNKNOWN: 'NotFound',
  UNAVAILABLE: 'Unavailable',
  UNKNOWN: 'System',
}

/** A refusal of a registry; several may come together. distribution: registry/api/errcode */
export class RegistryRefusal extends Problem {
  readonly refusals: readonly Refusal[]
  constructor(refusals: readonly Refusal[]) {
    super(KINDS[refusals[0]!.code] ?? 'InvalidParameter', textOf(refusals))
    this.refusals = refusals
  }
}

export const refusalText = ({ code, message }: Refusal): string =>
  `${code.toLowerCase().replace(/_/g, ' ')}: ${message}`

function textOf(refusals: readonly Refusal[]): string {
  const texts = refusals.map(refusalText)
  return texts.length === 1 ? texts[0]! : `errors:\n${texts.join('\n')}\n`
}

const DENIED: Refusal = { code: 'DENIED', message: 'requested access to the resource is denied' }
const REASONS: Readonly<Record<number, string>> = {
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

export const headerOf = ({ headers = [] }: Answer, name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1]

/** distribution: registry/client/errors.go HandleErrorResponse */
export function refusalOf(answer: Answer): Problem {
  const { status } = answer
  if (status < 400 || status >= 500)
    return new Problem('System', `received unexpected HTTP status: ${status} ${REASONS[status] ?? ''}`.trimEnd())
  const challenge = headerOf(answer, 'www-authenticate') ?? ''
  const said = bodyRefusals(answer)
  if (/error="insufficient_scope"/.test(challenge)) return new RegistryRefusal([DENIED, ...said])
  if (/error="invalid_token"/.test(challenge))
    return new RegistryRefusal([{ code: 'UNAUTHORIZED', message: 'authentication required' }, ...said])
  if (said.length > 0) return new RegistryRefusal(said)
  if (status === 401) return new RegistryRefusal([{ code: 'UNAUTHORIZED', message: 'authentication required' }])
  return new Problem(
    'System',
    `error parsing HTTP ${status} response body: no error details found in HTTP response body`,
  )
}

function bodyRefusals(answer: Answer): Refusal[] {
  const body = jsonOf(answer) as { details?: unknown; errors?: readonly Partial<Refusal>[] } | undefined
  if (typeof body?.details === 'string') {
    const code = answer.status === 401 ? 'UNAUTHORIZED' : answer.status === 429 ? 'TOOMANYREQUESTS' : 'UNKNOWN'
    return [{ code, message: body.details }]
  }
  return (body?.errors ?? []).map(({ code = 'UNKNOWN', message = '' }) => ({ code, message }))
}

export const bytesOf = ({ bytes = [] }: Answer): Uint8Array => joinBytes(bytes)

/** The body, or nothing where it is no JSON. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(answer)))
  } catch {
    return undefined
  }
}

/** `Get "https://registry-1.docker.io/v2/": …`, as Go's http client says where it was. */
export const at = (method: string, url: string, kind: Kind, why: string): Problem =>
  new Problem(kind, `${method.charAt(0)}${method.slice(1).toLowerCase()} "${url}": ${why}`)

/** The answer, if there is one: nobody is there, or nothing came in time (status 0). Go: net/http/client.go */
export function arrived(answer: Answer | undefined, method: string, url: string): Answer {
  if (!answer) throw unreachable(method, url)
  if (answer.status === 0)
    throw at(method, url, 'System', 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)')
  return answer
}

/** Nobody answers there. */
export function unreachable(method: string, url: string): Problem {
  const host = /^https?:\/\/([^/]*)/.exec(url)?.[1] ?? ''
  const [name = '', port] = host.split(':')
  const local = name === 'localhost' || name.startsWith('127.')
  return local
    ? at(method, url, 'System', `dial tcp ${name}:${port ?? 80}: connect: connection refused`)
    : at(method, url, 'System', `dial tcp: lookup ${name}: no such host`)
}

/** Images of before 2016 are not taken any more. moby: distribution/errors.go DeprecatedSchema1ImageError */
export const schema1 = (reference: string): Problem =>
  new Problem(
    'InvalidParameter',
    `[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default and will be removed in an upcoming release. Suggest the author of ${reference} to upgrade the image to the OCI Format or Docker Image manifest v2, schema 2. More information at https://docs.docker.com/go/deprecated-image-specs/`,
  )
