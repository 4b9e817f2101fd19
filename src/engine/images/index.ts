import type { EngineVerbs } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { remove } from './delete.ts'
import { prune } from './prune.ts'
import { tag } from './tag.ts'

/** The images' verbs by command name. */
export const imageVerbs: EngineVerbs<ImageCommands> = {
  ImageTag: tag,
  ImageDelete: remove,
  ImagePrune: prune,
}
