import type { EngineReactions } from '../reaction.ts'

export const distributionReactions: EngineReactions = {
  'distribution.ask': ({ key, request }) => [
    // biome-ignore lint/suspicious/noThenProperty: an effect says what comes then; nobody awaits it
    { kind: 'fetch', request, then: (answer) => ({ type: 'TransferAnswer', key, answer }) },
  ],
  'distribution.arrive': ({ conversations, answer }) =>
    conversations.map((id) => ({ kind: 'command', command: { type: 'TalkHear', id, answer } })),
}
