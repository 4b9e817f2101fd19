import type { EngineVerb } from '../verb.ts'
import type { VolumeCommands } from './commands.ts'
import { onlyClusterVolumes } from './errors.ts'

/** Only volumes of a swarm can be changed. */
export const update: EngineVerb<VolumeCommands['VolumeUpdate']> = () => {
  throw onlyClusterVolumes
}
