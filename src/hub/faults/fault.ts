import type { Request } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import { RegistryProblem, rateLimited, refuse } from '../registry/errors.ts'

/** What shall go wrong with a registry of the world. */
export interface Fault {
  /** `registry-1.docker.io`, `auth.docker.io`, `127.0.0.1:5000`; default: every host of the tank's registries. */
  readonly host?: string
  /** Default: every method. */
  readonly method?: string
  /** Without the query; `*` is anything: `/v2/library/*`. Default: every path. */
  readonly path?: string
  /** What comes of the request: a status, no answer in time, or nobody to answer. */
  readonly with: number | 'timeout' | 'unreachable'
  /** In place of the usual body of such a status. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** How many requests it meets; default 1. */
  readonly times?: number
}

/** A fault that still has requests to meet. */
export interface PendingFault extends Fault {
  readonly id: string
  readonly left: number
}

export type Faults = readonly PendingFault[]

/** The first that meets a request. */
export const faultFor = (faults: Faults, request: Request): PendingFault | undefined =>
  faults.find((fault) => meets(fault, request))

function meets({ host, method, path }: Fault, request: Request): boolean {
  const asked = request.origin?.replace(/^https?:\/\//, '')
  if (host !== undefined && host !== asked && host !== request.registry) return false
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  return path === undefined || patternOf(path).test(request.target.split('?')[0]!)
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`)

/** A status as it comes from a Hub that is out of order: registries speak of the limit themselves, the rest is of what stands before them. */
export function faultAnswer({ with: status, body, headers = {} }: Fault & { readonly with: number }): Answer {
  const pairs = Object.entries(headers)
  if (body !== undefined) return { status, headers: pairs, text: body }
  const usual = usualAnswer(status)
  return { ...usual, headers: [...(usual.headers ?? []), ...pairs] }
}

function usualAnswer(status: number): Answer {
  if (status === 429) return refuse(rateLimited([]))
  if (status === 401) return refuse(new RegistryProblem('UNAUTHORIZED', { detail: null }))
  if (status === 403) return refuse(new RegistryProblem('DENIED'))
  return { status, text: '' }
}
