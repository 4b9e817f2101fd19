import { exportTar } from '../../storage/pack.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { currentRoot } from './current-root.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { cannotExport } from './file-errors.ts'
import { find } from './find.ts'

/** `docker export`. moby: Daemon.ContainerExport */
export const exportContainer: EngineVerb<ContainerFileCommands['ContainerExport']> = (state, { id: ref }) => {
  const { id, flags } = find(state, ref)
  if (flags.dead) throw cannotExport(id, 'Dead')
  if (flags.removing) throw cannotExport(id, 'being removed')
  return [{ type: 'container.export', id }]
}

/** The root file system, without what is mounted in it. */
export const exported = (state: EngineState, ref: string): Uint8Array =>
  exportTar(currentRoot(state.containers, find(state, ref)))
