import { packPath } from '../../storage/pack.ts'
import { type PathStat, pathStat } from '../../storage/path-stat.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { archiveView, atPath } from './archive-view.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { emptyPath } from './file-errors.ts'
import { find } from './find.ts'
import { visitMounts } from './visit-mounts.ts'

/** `docker cp` from a container. moby: Daemon.containerArchivePath */
export const archive: EngineVerb<ContainerFileCommands['ContainerArchive']> = (state, { id: ref, path }, env) => {
  stat(state, ref, path)
  const container = find(state, ref)
  return visitMounts(state, container, env, [{ type: 'container.archive-path', id: container.id }])
}

/** What stands in the header of `HEAD` and `GET …/archive`. */
export function stat(state: EngineState, ref: string, path: string): PathStat {
  if (path === '') throw emptyPath()
  const { namespace } = archiveView(state, find(state, ref), state.now)
  return atPath(ref, path, () => pathStat(namespace, path))
}

/** The file or tree as an archive. */
export function pack(state: EngineState, ref: string, path: string): Uint8Array {
  const { namespace } = archiveView(state, find(state, ref), state.now)
  return atPath(ref, path, () => packPath(namespace, path))
}
