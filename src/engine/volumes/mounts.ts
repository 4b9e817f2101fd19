import type { Env } from '../../core/env.ts'
import type { Config, HostConfig } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import type { DiskMount } from '../effects.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { MountPoint } from './mount-point.ts'

/** At create: resolves Binds, Mounts, Tmpfs, VolumesFrom and the image's Volumes, or refuses; `events` create volumes. */
export function resolveMounts(
  _state: EngineState,
  _config: Config,
  _hostConfig: HostConfig,
  _env: Env,
): { readonly mounts: readonly MountPoint[]; readonly events: readonly EngineEvent[] } {
  return { mounts: [], events: [] }
}

/** At start: `volume.mount` events, copy-up included. */
export function mountAll(_state: EngineState, _container: Container): readonly EngineEvent[] {
  return []
}

/** At exit: `volume.unmount` events. */
export function unmountAll(_state: EngineState, _container: Container): readonly EngineEvent[] {
  return []
}

/** At `rm -v`: `volume.destroy` events of the container's anonymous volumes that nobody else uses. */
export function removeAnonymous(_state: EngineState, _container: Container): readonly EngineEvent[] {
  return []
}

/** The disks of the container's machine, the root apart. */
export function diskMounts(_state: EngineState, _container: Container): readonly DiskMount[] {
  return []
}
