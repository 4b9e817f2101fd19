import type { EngineVerb } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'

/** From the shell: the limit of memory was hit; the exit follows. */
export const oom: EngineVerb<ContainerCommands['ContainerOom']> = ({ containers }, { id }) =>
  containers.byId.get(id)?.flags.running ? [{ type: 'container.oom', id }] : []
