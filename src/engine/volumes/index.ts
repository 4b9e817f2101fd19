import type { EngineVerbs } from '../verb.ts'
import type { VolumeCommands } from './commands.ts'
import { create } from './create.ts'
import { prune } from './prune.ts'
import { remove } from './remove.ts'
import { update } from './update.ts'
import { writeHost, writeVolume } from './write.ts'

/** The volumes' verbs by command name. */
export const volumeVerbs: EngineVerbs<VolumeCommands> = {
  VolumeCreate: create,
  VolumeUpdate: update,
  VolumeDelete: remove,
  VolumePrune: prune,
  VolumeWrite: writeVolume,
  HostWrite: writeHost,
}
