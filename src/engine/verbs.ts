import { builder } from '#builder'
import type { BuildCommands } from './build/commands.ts'
import type { EngineCommands } from './commands.ts'
import { containerVerbs } from './containers/index.ts'
import type { DistributionCommands } from './distribution/commands.ts'
import { execVerbs } from './exec/index.ts'
import { imageVerbs } from './images/index.ts'
import { later } from './later.ts'
import { networkVerbs } from './networks/index.ts'
import type { EngineVerbs } from './verb.ts'
import { volumeVerbs } from './volumes/index.ts'

const buildVerbs = later<BuildCommands>(
  { ImageBuild: true, BuildStep: true, BuildRan: true, BuildPulled: true, BuildLeave: true, BuildPrune: true },
  () => builder().buildVerbs,
)

const distributionVerbs = later<DistributionCommands>(
  {
    ImagePull: true,
    ImagePush: true,
    SystemAuth: true,
    ImageSearch: true,
    DistributionInspect: true,
    TransferAnswer: true,
    TransferAdvance: true,
    TalkHear: true,
    TalkLeave: true,
  },
  () => builder().distributionVerbs,
)

/** Every verb of the engine by its command's name. */
export const verbs: EngineVerbs<EngineCommands> = {
  ...buildVerbs,
  ...containerVerbs,
  ...distributionVerbs,
  ...execVerbs,
  ...imageVerbs,
  ...networkVerbs,
  ...volumeVerbs,
  ClockAdvance: (_, { fired }) => [
    { type: 'clock.advance' },
    ...(fired === undefined ? [] : [{ type: 'timer.clear' as const, key: fired }]),
  ],
}
