import type { EngineReactions } from '../reaction.ts'

export const distributionReactions: EngineReactions = {
  'distribution.ask': ({ id, request }) => [
    // biome-ignore lint/suspicious/noThenProperty: an effect says what comes then; nobody awaits it
    { kind: 'fetch', request, then: (answer) => ({ type: 'RegistryAnswer', id, answer }) },
  ],
}
