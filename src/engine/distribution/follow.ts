import type { Follow, Step } from '../../http/follow.ts'
import { progressLine } from '../../http/json-lines.ts'
import { failing } from '../../http/progress.ts'
import { json, type Later } from '../../http/reply.ts'
import type { EngineCommand } from '../commands.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { surface } from '../surface.ts'
import { encodeV1 } from './progress-v1.ts'

interface Acc {
  /** The head went out with the first line. */
  readonly begun: boolean
}

const HEAD = { status: 200, headers: [['Content-Type', 'application/json']] } as const

/** What comes of the talk that these events began: a whole answer, or a stream from its first line on. */
export function whenTold(
  events: readonly EngineEvent[],
  version: string,
): Later<EngineState, EngineCommand, EngineEvent> {
  const { id, topic } = events.find((event) => event.type === 'distribution.begin')!.conversation
  const encode = 'protocol' in topic && topic.protocol === 'v1' ? encodeV1 : progressLine
  const step = (acc: Acc, event: EngineEvent): Step<Acc> => {
    if (event.type === 'distribution.say' && event.id === id)
      return { acc: { begun: true }, chunks: event.lines.map(encode), ...(acc.begun ? {} : { head: HEAD }) }
    if (event.type !== 'distribution.end' || event.id !== id) return { acc }
    const { problem, json: body } = event.outcome
    if (acc.begun) return { acc, done: true, chunks: problem ? [encode(failing(problem.message))] : [] }
    return { acc, answer: problem ? surface.refuse(problem, version) : json(body) }
  }
  const follow: Follow<EngineState, EngineEvent, Acc> = {
    seed: events.reduce<Step<Acc>>((told, event) => merged(told, step(told.acc, event)), { acc: { begun: false } }),
    step,
    waits: true,
  }
  return { later: follow, left: { type: 'TalkLeave', id } }
}

/** Two steps as one. */
const merged = <A>(first: Step<A>, then: Step<A>): Step<A> => ({
  ...first,
  ...then,
  chunks: [...(first.chunks ?? []), ...(then.chunks ?? [])],
})
