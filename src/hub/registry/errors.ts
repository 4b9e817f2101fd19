import { Problem } from '../../core/problem.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'

/** Every error code of the protocol: status and words. distribution: registry/api/errcode, registry/api/v2/errors.go */
export const CODES = {
  UNKNOWN: [500, 'unknown error'],
  UNSUPPORTED: [405, 'The operation is unsupported.'],
  UNAUTHORIZED: [401, 'authentication required'],
  DENIED: [403, 'requested access to the resource is denied'],
  UNAVAILABLE: [503, 'service unavailable'],
  TOOMANYREQUESTS: [429, 'too many requests'],
  DIGEST_INVALID: [400, 'provided digest did not match uploaded content'],
  SIZE_INVALID: [400, 'provided length did not match content length'],
  RANGE_INVALID: [416, 'invalid content range'],
  NAME_INVALID: [400, 'invalid repository name'],
  TAG_INVALID: [400, 'manifest tag did not match URI'],
  NAME_UNKNOWN: [404, 'repository name not known to registry'],
  MANIFEST_UNKNOWN: [404, 'manifest unknown'],
  MANIFEST_INVALID: [400, 'manifest invalid'],
  MANIFEST_UNVERIFIED: [400, 'manifest failed signature verification'],
  MANIFEST_BLOB_UNKNOWN: [400, 'blob unknown to registry'],
  BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UPLOAD_UNKNOWN: [404, 'blob upload unknown to registry'],
  BLOB_UPLOAD_INVALID: [404, 'blob upload invalid'],
  PAGINATION_NUMBER_INVALID: [400, 'invalid number of results requested'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type Code = keyof typeof CODES

interface More {
  readonly message?: string
  readonly detail?: unknown
  readonly headers?: HeaderPairs
  /** Told of together with this one. */
  readonly others?: readonly RegistryProblem[]
}

/** A refusal in the registry's own form. */
export class RegistryProblem extends Problem {
  readonly code: Code
  readonly detail: unknown
  readonly headers: HeaderPairs
  readonly others: readonly RegistryProblem[]
  constructor(code: Code, { message = CODES[code][1], detail, headers = [], others = [] }: More = {}) {
    super('System', message)
    this.code = code
    this.detail = detail
    this.headers = headers
    this.others = others
  }
}

/** How Go's errors stand in JSON: they have no fields of their own. */
export const GO_ERROR = {}

/** What the router of the real registry would not have let through: it is no error of the protocol. */
export class PageNotFound extends Problem {
  constructor() {
    super('NotFound', '404 page not found')
  }
}

export const VERSION_HEADER = ['Docker-Distribution-Api-Version', 'registry/2.0'] as const

/** `{"errors":[{code,message,detail}]}` */
export function refuse(problem: Problem): Answer {
  if (problem instanceof PageNotFound) return { status: 404, headers: [VERSION_HEADER], text: `${problem.message}\n` }
  const own = problem instanceof RegistryProblem ? problem : new RegistryProblem('UNKNOWN', { detail: problem.message })
  return {
    status: CODES[own.code][0],
    headers: [VERSION_HEADER, ['Content-Type', 'application/json; charset=utf-8'], ...own.headers],
    json: { errors: [own, ...own.others].map(entry) },
  }
}

const entry = ({ code, message, detail }: RegistryProblem) => ({
  code,
  message,
  ...(detail === undefined ? {} : { detail }),
})

/** Docker Hub's words. */
export const rateLimited = (headers: HeaderPairs) =>
  new RegistryProblem('TOOMANYREQUESTS', {
    message:
      'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    headers,
  })

/** One of Docker Hub's, whose repository holds such tags fast. */
export const immutableTag = (tag: string) =>
  new RegistryProblem('DENIED', { message: `tag '${tag}' is immutable`, detail: { tag } })
