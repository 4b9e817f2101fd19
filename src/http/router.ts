import { own } from '../core/own.ts'
import type { Request } from './input.ts'
import type { Route } from './route.ts'

export interface Matched<R> {
  readonly route: R
  readonly params: Readonly<Record<string, string>>
  /** As written in the path, without the `v`. */
  readonly version: string | undefined
  readonly query: URLSearchParams
}

/** Where a path with empty or dot segments is sent (301), as gorilla/mux does. */
export interface Moved {
  readonly location: string
}

export interface Router<R> {
  readonly routes: readonly R[]
  /** `undefined`: no route, also for a wrong method or a trailing slash. */
  match(request: Request): Matched<R> | Moved | undefined
}

interface Pattern<R> {
  readonly route: R
  readonly segments: readonly string[]
}

// biome-ignore lint/suspicious/noExplicitAny: routing does not look at the states and events of a route
type AnyRoute = Pick<Route<any, any, any>, 'method' | 'path'>

/**
 * Routes are tried in the order of the rows among those with the same method and first segment. With `versioned`, every
 * path may start with `/v1.51`.
 */
export function router<R extends AnyRoute>(routes: readonly R[], { versioned }: { versioned: boolean }): Router<R> {
  const buckets = new Map<string, Pattern<R>[]>()
  for (const route of routes) {
    const segments = route.path.slice(1).split('/')
    const key = `${route.method} ${segments[0]}`
    const bucket = buckets.get(key)
    if (bucket) bucket.push({ route, segments })
    else buckets.set(key, [{ route, segments }])
  }
  return { routes, match: ({ method, target }) => match(buckets, versioned, method, target) }
}

/** One router per host of the request's origin, and one for every other host. */
export function byHost<R>(hosts: Readonly<Record<string, Router<R>>>, others: Router<R>): Router<R> {
  const routes = [...new Set([...Object.values(hosts), others].flatMap((router) => router.routes))]
  const hostOf = (origin: string | undefined) => origin?.replace(/^[a-z]+:\/\//, '') ?? ''
  return { routes, match: (request) => (own(hosts, hostOf(request.origin)) ?? others).match(request) }
}

function match<R>(
  buckets: ReadonlyMap<string, readonly Pattern<R>[]>,
  versioned: boolean,
  method: string,
  target: string,
): Matched<R> | Moved | undefined {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const search = mark < 0 ? '' : target.slice(mark)
  const clean = cleanPath(path)
  if (clean !== path) return { location: clean + search }
  const segments = path.slice(1).split('/')
  const version = versioned ? /^v([0-9.]+)$/.exec(segments[0]!)?.[1] : undefined
  if (version !== undefined) segments.shift()
  for (const pattern of buckets.get(`${method} ${segments[0]}`) ?? []) {
    const params = bind(pattern.segments, segments)
    if (params) return { route: pattern.route, params, version, query: new URLSearchParams(search) }
  }
  return undefined
}

/** Go's path.Clean, but a trailing slash stays. */
function cleanPath(path: string): string {
  if (!/\/\/|\/\.{1,2}(\/|$)/.test(path)) return path.startsWith('/') ? path : `/${path}`
  const out: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') out.pop()
    else if (segment !== '' && segment !== '.') out.push(segment)
  }
  const tail = path.endsWith('/') && out.length > 0 ? '/' : ''
  return `/${out.join('/')}${tail}`
}

/** `:name` is one segment, `*name` one or more: the fewest that let the rest fit. */
function bind(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const star = pattern.findIndex((part) => part.startsWith('*'))
  if (star < 0 ? pattern.length !== segments.length : pattern.length > segments.length) return undefined
  const params: Record<string, string> = {}
  const extra = segments.length - pattern.length
  for (let i = 0; i < pattern.length; i++) {
    const part = pattern[i]!
    const at = star >= 0 && i > star ? i + extra : i
    if (i === star) {
      const value = decode(segments.slice(at, at + extra + 1).join('/'))
      if (value === undefined || value === '') return undefined
      params[part.slice(1)] = value
    } else if (part.startsWith(':')) {
      const value = decode(segments[at]!)
      if (value === undefined) return undefined
      params[part.slice(1)] = value
    } else if (part !== segments[at]) return undefined
  }
  return params
}

function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
