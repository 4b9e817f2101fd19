import type { EngineVerbs } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'

/** The containers' verbs by command name. */
export const containerVerbs: EngineVerbs<ContainerCommands> = {
  ContainerOutput: () => [],
  ContainerExit: () => [],
  ContainerOom: () => [],
  ContainerWrite: () => [],
}
