import { builder } from '#builder'
import { later } from '../later.ts'
import type { EngineVerbs } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { remove } from './delete.ts'
import type { MakingCommands } from './making.ts'
import { prune } from './prune.ts'
import { tag } from './tag.ts'

/** The images' verbs by command name. */
export const imageVerbs: EngineVerbs<ImageCommands> = {
  ImageTag: tag,
  ImageDelete: remove,
  ImagePrune: prune,
  ...later<MakingCommands>(
    { ImageLoad: true, ImageImport: true, ImageCommit: true, ImageSave: true },
    () => builder().makingVerbs,
  ),
  ImageDeclare: (_state, { whole: { image, layers }, reference }) => [
    { type: 'image.add', image, layers },
    { type: 'image.refer', id: image.id, reference },
  ],
}
