import { buildVerbs } from './build/index.ts'
import type { EngineCommands } from './commands.ts'
import { containerVerbs } from './containers/index.ts'
import { distributionVerbs } from './distribution/index.ts'
import { execVerbs } from './exec/index.ts'
import { imageVerbs } from './images/index.ts'
import { networkVerbs } from './networks/index.ts'
import type { EngineVerbs } from './verb.ts'
import { volumeVerbs } from './volumes/index.ts'

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
