import type { EngineVerbs } from '../verb.ts'
import { begin } from './begin.ts'
import type { BuildCommands } from './commands.ts'
import { leave } from './leave.ts'
import { pulled } from './pull.ts'
import { ran } from './ran.ts'
import { step } from './step.ts'

/** The builder's verbs by command name. */
export const buildVerbs: EngineVerbs<BuildCommands> = {
  ImageBuild: begin,
  BuildStep: step,
  BuildRan: ran,
  BuildPulled: pulled,
  BuildLeave: leave,
  // The classic builder's cache are images: BuildKit's, which this prunes, does not exist here.
  BuildPrune: () => [{ type: 'builder.prune', reclaimed: 0 }],
}
