import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb, EngineVerbs } from '../verb.ts'
import { auth } from './auth.ts'
import { authV1 } from './auth-v1.ts'
import type { DistributionCommands, Topic } from './commands.ts'
import type { Conversation } from './distribution.ts'
import { inspectDistribution } from './inspect.ts'
import { pull } from './pull.ts'
import { pullV1 } from './pull-v1.ts'
import { push } from './push.ts'
import { pushV1 } from './push-v1.ts'
import { search } from './search.ts'
import { type Known, type Outcome, type Talk, tell } from './talk.ts'

function talkOf(topic: Topic, known: Known): Talk<Outcome> {
  switch (topic.type) {
    case 'ImagePull':
      return topic.protocol === 'v1' ? pullV1(topic, known) : pull(topic, known)
    case 'ImagePush':
      return topic.protocol === 'v1' ? pushV1(topic, known) : push(topic, known)
    case 'SystemAuth':
      return topic.protocol === 'v1' ? authV1(topic) : auth(topic)
    case 'ImageSearch':
      return search(topic)
    case 'DistributionInspect':
      return inspectDistribution(topic)
  }
}

/** The next request, or the end and what came of it. */
function proceed({ id, topic, known, answers }: Conversation): EngineEvent[] {
  const next = tell(talkOf(topic, known), answers)
  if ('ask' in next) return [{ type: 'distribution.ask', id, request: next.ask }]
  const { events, ...outcome } = next.outcome
  return [...events, { type: 'distribution.end', id, outcome }]
}

const knownOf = ({ now, images, distribution, host }: EngineState): Known => ({ now, images, distribution, host })

/** A talk that somebody in the daemon wants to hear the end of: it comes as `distribution.end` with this id. */
export function beginTalk(
  state: EngineState,
  topic: Topic,
  env: Env,
): { readonly id: string; readonly events: readonly EngineEvent[] } {
  const conversation: Conversation = { id: env.id(), topic, answers: [], known: knownOf(state) }
  return {
    id: conversation.id,
    events: [{ type: 'distribution.begin', conversation }, ...proceed(conversation)],
  }
}

const begin: EngineVerb<Topic> = (state, topic, env) => beginTalk(state, topic, env).events

/** The verbs of what is talked about with registries, by command name. */
export const distributionVerbs: EngineVerbs<DistributionCommands> = {
  ImagePull: begin,
  ImagePush: begin,
  SystemAuth: begin,
  ImageSearch: begin,
  DistributionInspect: begin,
  RegistryAnswer: ({ distribution }, { id, answer }) => {
    const conversation = distribution.conversations.get(id)
    if (!conversation) return []
    const told = { ...conversation, answers: [...conversation.answers, answer] }
    return [{ type: 'distribution.answer', id, answer }, ...proceed(told)]
  },
}
