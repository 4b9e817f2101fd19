import type { EngineVerbs } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { commit } from './commit.ts'
import { importImage } from './import.ts'
import { load } from './load.ts'
import { selected } from './save-selection.ts'

export type MakingCommands = Pick<ImageCommands, 'ImageCommit' | 'ImageImport' | 'ImageLoad' | 'ImageSave'>

/** The verbs that make images of containers and archives, and archives of images. */
export const makingVerbs: EngineVerbs<MakingCommands> = {
  ImageLoad: load,
  ImageImport: importImage,
  ImageCommit: commit,
  ImageSave: ({ images }, { names, platform }) =>
    selected(images, names, platform).map(({ image }) => ({ type: 'image.save', id: image.id })),
}
