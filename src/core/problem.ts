/** The error classes of moby's errdefs: the only link between a refusal and an HTTP status (see http/status.ts). */
export type Kind =
  | 'InvalidParameter'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'Conflict'
  | 'NotModified'
  | 'TooManyRequests'
  | 'System'
  | 'NotImplemented'
  | 'Unavailable'

/** A refusal as plain data: thrown by `decide`, caught once in `serve`. It has no stack, so it is comparable and cheap. */
export class Problem {
  readonly kind: Kind
  readonly message: string
  constructor(kind: Kind, message: string) {
    this.kind = kind
    this.message = message
  }
}
