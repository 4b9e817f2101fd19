import type { Follow, Step } from '../../http/follow.ts'
import { progressLine } from '../../http/json-lines.ts'
import { type Answer, json, type Later } from '../../http/reply.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { surface } from '../surface.ts'
import { encodeV1 } from './progress-v1.ts'
import type { Outcome } from './talk.ts'

/** The whole answer, when the talk that these events began is over. */
export function whenTold(events: readonly EngineEvent[], version: string): Later<EngineState, EngineEvent> {
  const { id, topic } = events.find((event) => event.type === 'distribution.begin')!.conversation
  const encode = 'protocol' in topic && topic.protocol === 'v1' ? encodeV1 : progressLine
  const step = (event: EngineEvent): Step<undefined> =>
    event.type === 'distribution.end' && event.id === id
      ? { acc: undefined, answer: answerOf(event.outcome, version, encode) }
      : { acc: undefined }
  const already = events.map(step).find(({ answer }) => answer)
  const follow: Follow<EngineState, EngineEvent, undefined> = {
    seed: already ?? { acc: undefined },
    step: (_, event) => step(event),
    waits: true,
  }
  return { later: follow }
}

function answerOf(
  { problem, lines, json: body }: Omit<Outcome, 'events'>,
  version: string,
  encode: (line: unknown) => Uint8Array,
): Answer {
  if (problem) return surface.refuse(problem, version)
  if (!lines) return json(body)
  return { status: 200, headers: [['Content-Type', 'application/json']], bytes: lines.map(encode) }
}
