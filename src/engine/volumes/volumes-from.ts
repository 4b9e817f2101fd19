import { Problem } from '../../core/problem.ts'
import { find as findContainer } from '../containers/find.ts'
import type { EngineState } from '../state.ts'
import { emptyVolumesFrom, invalidMode } from './errors.ts'
import { hasNoCopy, isMountMode, isReadOnly, propagationOf } from './mount-mode.ts'
import type { MountPoint } from './mount-point.ts'

/** The mounts of another container: `name[:ro]`. moby: linuxParser.ParseVolumesFrom */
export function volumesFrom(state: EngineState, spec: string): readonly MountPoint[] {
  if (spec === '') throw emptyVolumesFrom
  const [ref = '', ...rest] = spec.split(':')
  const mode = rest.join(':')
  if (!isMountMode(mode) || propagationOf(mode) !== '' || hasNoCopy(mode)) throw invalidMode(mode)
  return containerOf(state, ref).mounts.map((mount) => ({
    ...mount,
    mode: '',
    rw: mount.rw && !isReadOnly(mode),
    copyUp: false,
  }))
}

function containerOf(state: EngineState, ref: string) {
  try {
    return findContainer(state, ref)
  } catch (problem) {
    throw problem instanceof Problem ? new Problem('InvalidParameter', problem.message) : problem
  }
}
