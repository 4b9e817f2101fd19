import type { EngineVerbs } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'
import { streamVerbs } from './stream-verbs.ts'

/** The containers' verbs by command name. */
export const containerVerbs: EngineVerbs<ContainerCommands> = {
  ...streamVerbs,
  ContainerExit: () => [],
  ContainerOom: () => [],
  ContainerWrite: () => [],
}
