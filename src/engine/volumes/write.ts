import type { EngineVerb } from '../verb.ts'
import type { VolumeCommands } from './commands.ts'

/** From the shell: what is in a volume has changed. */
export const writeVolume: EngineVerb<VolumeCommands['VolumeWrite']> = ({ volumes }, { name, snapshot }) =>
  volumes.byName.has(name) && volumes.contents.get(name) !== snapshot
    ? [{ type: 'volume.write', name, content: snapshot }]
    : []

/** From the shell: the disk of the host has changed. */
export const writeHost: EngineVerb<VolumeCommands['HostWrite']> = ({ volumes }, { snapshot }) =>
  volumes.host === snapshot ? [] : [{ type: 'host.write', content: snapshot }]
