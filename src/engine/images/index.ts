import type { EngineVerbs } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { commit } from './commit.ts'
import { remove } from './delete.ts'
import { importImage } from './import.ts'
import { load } from './load.ts'
import { prune } from './prune.ts'
import { selected } from './save-selection.ts'
import { tag } from './tag.ts'

/** The images' verbs by command name. */
export const imageVerbs: EngineVerbs<ImageCommands> = {
  ImageTag: tag,
  ImageDelete: remove,
  ImagePrune: prune,
  ImageLoad: load,
  ImageImport: importImage,
  ImageCommit: commit,
  ImageDeclare: (_state, { whole: { image, layers }, reference }) => [
    { type: 'image.add', image, layers },
    { type: 'image.refer', id: image.id, reference },
  ],
  ImageSave: ({ images }, { names, platform }) =>
    selected(images, names, platform).map(({ image }) => ({ type: 'image.save', id: image.id })),
}
