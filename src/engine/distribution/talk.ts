import { Problem } from '../../core/problem.ts'
import type { Request } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Progress } from './progress.ts'

/** What a talk wants next from a registry. */
export interface Ask {
  readonly request: Request
  /** What is told while it takes time. */
  readonly progress?: Progress
  /** Who asks for the same under this name while it is under way gets the same answer. */
  readonly shared?: string
}

/**
 * What is said to registries, as a generator: it asks and is given the answers; `undefined`: nobody is there.
 * It knows nothing but its arguments and what it heard, so it can be told again from the beginning at any time, and the
 * state holds only what it heard so far.
 */
export type Talk<Result> = Generator<Ask, Result, Answer | undefined>

/** What a talk may know of the daemon. */
export type Known = Pick<EngineState, 'now' | 'images' | 'distribution' | 'host'>

/** An answer, and how things stood when it came. */
export interface Heard {
  readonly answer: Answer | undefined
  readonly known: Known
}

/** Between a talk and the daemon: what the talk may know, and where it tells of what it does. */
export interface Telling {
  /** How things stand, as of the last answer. */
  known: Known
  /** Lines of the stream, since the last answer. */
  readonly lines: unknown[]
  /** What happened since then: as much as can stand alone, should the talk end here. */
  readonly events: EngineEvent[]
}

/** How a talk ended: well, with the answer's JSON where there is no stream, or not. */
export interface Outcome {
  readonly json?: unknown
  /** Told of as the whole answer, or as the last line where there are others. */
  readonly problem?: Problem
}

/** What came of the last answer. */
export interface Told {
  readonly lines: readonly unknown[]
  readonly events: readonly EngineEvent[]
  /** What it asks next, or how it ended. */
  readonly next: { readonly ask: Ask } | { readonly outcome: Outcome }
}

interface Paused {
  readonly talk: Talk<Outcome>
  readonly telling: Telling
}

/**
 * Talks that wait for their next answer, by what they last heard. It saves telling them again; one whose fork took it, is told
 * again.
 */
const paused = new WeakMap<Known | Heard, Paused>()

/** Tells a talk with all that it heard so far. `known`: how things stood when it began. */
export function tell(begin: (telling: Telling) => Talk<Outcome>, known: Known, heard: readonly Heard[]): Told {
  const last = heard.at(-1)
  const { talk, telling } = last ? before(begin, known, heard) : start(begin, known)
  const next = step(talk, telling, last)
  if ('ask' in next) paused.set(last ?? known, { talk, telling })
  return { lines: [...telling.lines], events: [...telling.events], next }
}

function start(begin: (telling: Telling) => Talk<Outcome>, known: Known): Paused {
  const telling: Telling = { known, lines: [], events: [] }
  return { talk: begin(telling), telling }
}

/** The talk as it was before the last answer. */
function before(begin: (telling: Telling) => Talk<Outcome>, known: Known, heard: readonly Heard[]): Paused {
  const key = heard.at(-2) ?? known
  const waiting = paused.get(key)
  paused.delete(key)
  if (waiting) return waiting
  const again = start(begin, known)
  step(again.talk, again.telling, undefined)
  for (const one of heard.slice(0, -1)) step(again.talk, again.telling, one)
  return again
}

function step(talk: Talk<Outcome>, telling: Telling, heard: Heard | undefined): Told['next'] {
  telling.lines.length = 0
  telling.events.length = 0
  try {
    if (heard) telling.known = heard.known
    const { done, value } = heard ? talk.next(heard.answer) : talk.next()
    return done ? { outcome: value } : { ask: value }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { outcome: { problem } }
  }
}
