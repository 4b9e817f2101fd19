import type { EngineVerb, EngineVerbs } from '../verb.ts'
import type { DistributionCommands, Topic } from './commands.ts'
import { beginTalk, knownOf, leave, proceed } from './conversation.ts'
import { goOn, setBack } from './transfer.ts'

const begin: EngineVerb<Topic> = (state, topic, env) => beginTalk(state, topic, env).events

/** The verbs of what is talked about with registries, by command name. */
export const distributionVerbs: EngineVerbs<DistributionCommands> = {
  ImagePull: begin,
  ImagePush: begin,
  SystemAuth: begin,
  ImageSearch: begin,
  DistributionInspect: begin,
  TransferAnswer: ({ host, distribution }, { key, answer }, { now }) => {
    const transfer = distribution.transfers.get(key)
    return transfer ? setBack(transfer, answer, host.link, now) : []
  },
  TransferAdvance: ({ distribution }, { key }, { now }) => {
    const transfer = distribution.transfers.get(key)
    return transfer ? goOn(transfer, now) : []
  },
  TalkHear: (state, { id, answer }, env) => {
    const conversation = state.distribution.conversations.get(id)
    if (!conversation) return []
    const heard = { answer, known: knownOf({ ...state, now: env.now }) }
    const told = { ...conversation, heard: [...conversation.heard, heard] }
    return [{ type: 'distribution.answer', id, heard }, ...proceed(state, told, env)]
  },
  TalkLeave: (state, { id }) => leave(state, id),
}
