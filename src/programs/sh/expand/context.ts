import type { Memo } from '../frames.ts'
import type { Session } from '../session.ts'

/** Where an expansion takes place. */
export interface Context {
  readonly session: Session
  readonly memo: Memo
}

/**
 * Thrown when an expansion needs a command's output: its frame starts the command, and when the output is there, the expansion is done
 * again from the beginning, now with the output in its memo.
 */
export class Pending {
  /** The part of the tree that the output belongs to. */
  readonly part: object
  readonly source: string
  /** Aliases still count in it. */
  readonly fresh: boolean
  constructor(part: object, source: string, fresh: boolean) {
    this.part = part
    this.source = source
    this.fresh = fresh
  }
}

/** Computes once for a part of the tree, however often the expansion is begun anew. For whatever has side effects. */
export function remember({ memo }: Context, part: object, compute: () => string): string {
  const known = memo.results?.get(part)
  if (known !== undefined) return known
  const result = compute()
  memo.results ??= new Map()
  memo.results.set(part, result)
  return result
}
