import type { Kind } from '../core/problem.ts'

/** moby: daemon/server/httpstatus/status.go */
export const statusOf: Readonly<Record<Kind, number>> = {
  InvalidParameter: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  Conflict: 409,
  NotModified: 304,
  TooManyRequests: 429,
  System: 500,
  NotImplemented: 501,
  Unavailable: 503,
}
