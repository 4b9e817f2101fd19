import type { EngineVerb } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'

/** From the shell: programs have changed the root file system. */
export const write: EngineVerb<ContainerCommands['ContainerWrite']> = ({ containers }, { id, root }) =>
  containers.byId.has(id) && containers.disks.get(id)!.root !== root ? [{ type: 'container.write', id, root }] : []
