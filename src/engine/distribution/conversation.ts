import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { auth } from './auth.ts'
import { authV1 } from './auth-v1.ts'
import type { Topic } from './commands.ts'
import type { Conversation } from './distribution.ts'
import { inspectDistribution } from './inspect.ts'
import { pull } from './pull.ts'
import { pullV1 } from './pull-v1.ts'
import { push } from './push.ts'
import { pushV1 } from './push-v1.ts'
import { search } from './search.ts'
import { type Ask, type Known, type Outcome, type Talk, type Telling, tell } from './talk.ts'
import { join, part, setOut } from './transfer.ts'

function talkOf(topic: Topic, telling: Telling): Talk<Outcome> {
  switch (topic.type) {
    case 'ImagePull':
      return topic.protocol === 'v1' ? pullV1(topic, telling) : pull(topic, telling)
    case 'ImagePush':
      return topic.protocol === 'v1' ? pushV1(topic, telling) : push(topic, telling)
    case 'SystemAuth':
      return topic.protocol === 'v1' ? authV1(topic) : auth(topic, telling)
    case 'ImageSearch':
      return search(topic)
    case 'DistributionInspect':
      return inspectDistribution(topic, telling)
  }
}

export const knownOf = ({ now, images, distribution, host }: EngineState): Known => ({
  now,
  images,
  distribution,
  host,
})

/** A talk that somebody in the daemon wants to hear the end of: it comes as `distribution.end` with this id. */
export function beginTalk(
  state: EngineState,
  topic: Topic,
  env: Env,
): { readonly id: string; readonly events: readonly EngineEvent[] } {
  const conversation: Conversation = { id: env.id(), topic, heard: [], known: knownOf({ ...state, now: env.now }) }
  return {
    id: conversation.id,
    events: [{ type: 'distribution.begin', conversation }, ...proceed(state, conversation, env)],
  }
}

/** What came of what was heard last: the next request, or the end. */
export function proceed(
  state: EngineState,
  { id, topic, known, heard }: Conversation,
  env: Env,
): readonly EngineEvent[] {
  const { lines, events, next } = tell((telling) => talkOf(topic, telling), known, heard)
  return [
    ...events,
    ...(lines.length > 0 ? [{ type: 'distribution.say', id, lines } as const] : []),
    ...('ask' in next ? asking(state, id, next.ask, env) : [{ type: 'distribution.end', id, ...next } as const]),
  ]
}

/** What others are asking for already is not asked for again. moby: distribution/xfer/transfer.go */
function asking({ host, distribution }: EngineState, id: string, ask: Ask, { now }: Env): readonly EngineEvent[] {
  const other = ask.shared === undefined ? undefined : distribution.transfers.get(ask.shared)
  if (!other) return setOut(ask.shared ?? id, ask, id, host.link, now)
  if (!other.there) return join(other, id)
  return [{ type: 'distribution.arrive', key: other.key, conversations: [id], answer: other.back?.answer }]
}

/** Nobody waits for the end of the talk any more: nothing more comes of it. moby: the request's context is cancelled */
export function leave({ distribution }: EngineState, id: string): readonly EngineEvent[] {
  if (!distribution.conversations.has(id)) return []
  const waiting = distribution.transfers.values().filter(({ conversations }) => conversations.includes(id))
  return [
    ...waiting.flatMap((transfer) => part(transfer, id)),
    { type: 'distribution.end', id, outcome: { problem: new Problem('System', 'context canceled') } },
  ]
}
