import type { EngineVerb } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'
import { currentRoot } from './current-root.ts'

/** From the shell: programs have changed the root file system. */
export const write: EngineVerb<ContainerCommands['ContainerWrite']> = ({ containers }, { id, root }) => {
  const container = containers.byId.get(id)
  return container && currentRoot(containers, container) !== root ? [{ type: 'container.write', id, root }] : []
}
