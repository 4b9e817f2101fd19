import type { Request } from './input.ts'
import type { HeaderPairs } from './reply.ts'

/** How a door reads a body that may be too long to be held back until its end. */
export interface Intake {
  /** Nothing beyond so many bytes is kept: it is refused anyhow. */
  readonly limit: number
  /** The body may be handed over while it comes. */
  readonly pieces?: Pieces
}

/** One request as many; `at` is where the bytes begin in the body, `before` what the piece before was answered. */
export interface Pieces {
  /** What came by now. */
  next(bytes: Uint8Array, at: number, before: HeaderPairs): Request
  /** The end of the body, which is answered. */
  last(bytes: Uint8Array, at: number, before: HeaderPairs): Request
}
