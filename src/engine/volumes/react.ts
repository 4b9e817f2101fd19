import { hostDisk, volumeDisk } from '../disks.ts'
import type { EngineReactions } from '../reaction.ts'

/** Programs see what others have made of a disk. */
export const volumeReactions: EngineReactions = {
  'volume.write': ({ name }) => [{ kind: 'refresh', disk: volumeDisk(name) }],
  'host.write': () => [{ kind: 'refresh', disk: hostDisk }],
}
