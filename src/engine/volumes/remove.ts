import type { EngineVerb } from '../verb.ts'
import type { VolumeCommands } from './commands.ts'
import { volumeInUse } from './errors.ts'
import { find } from './find.ts'
import { usersOf } from './volume.ts'

/** Force is for a volume that is not there; one that is in use stays. */
export const remove: EngineVerb<VolumeCommands['VolumeDelete']> = ({ volumes }, { name, force }) => {
  if (force && !volumes.byName.has(name)) return []
  const { driver } = find(volumes, name)
  const users = usersOf(volumes, name)
  if (users.length > 0) throw volumeInUse(name, users)
  return [{ type: 'volume.destroy', name, driver }]
}
