import { Problem } from '../../core/problem.ts'
import type { Request } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'

/**
 * What is said to registries, as a generator: it yields requests and is given the answers; `undefined`: nobody is there.
 * It knows nothing but its arguments and the answers, so it can be told again from the beginning at any time, and the
 * state holds only the answers so far.
 */
export type Talk<Result> = Generator<Request, Result, Answer | undefined>

/** What a talk may know of the daemon: how things stood when it began. */
export type Known = Pick<EngineState, 'now' | 'images' | 'distribution' | 'host'>

/** What came of a talk: the answer's JSON or the lines of its stream, and what happened. */
export interface Outcome {
  readonly json?: unknown
  readonly lines?: readonly unknown[]
  /** Told of as the whole answer, or as the last line where there are others. */
  readonly problem?: Problem
  readonly events: readonly EngineEvent[]
}

/** Tells a talk again with all answers so far: its next request, or what came of it. */
export function tell(
  talk: Talk<Outcome>,
  answers: readonly (Answer | undefined)[],
): { readonly ask: Request } | { readonly outcome: Outcome } {
  try {
    let step = talk.next()
    for (const answer of answers) if (!step.done) step = talk.next(answer)
    return step.done ? { outcome: step.value } : { ask: step.value }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { outcome: { problem, events: [] } }
  }
}
