import { decompress } from '../../storage/gzip/decompress.ts'
import { config } from '../containers/config.ts'
import { engineVersion } from '../system/host.ts'
import type { EngineVerb } from '../verb.ts'
import { readingArchive } from './archive-problem.ts'
import { applyChanges } from './changes.ts'
import type { ImageCommands } from './commands.ts'
import { layerOf } from './layer.ts'
import { makeImage } from './make-image.ts'
import { canonical } from './reference.ts'
import { repoReference } from './tag.ts'

/** An image of one layer from a whole tree. moby: daemon/images/image_import.go */
export const importImage: EngineVerb<ImageCommands['ImageImport']> = (_state, request, env) => {
  const reference = repoReference(request.repo, request.tag)
  const own = applyChanges(config.zero, request.changes)
  const layer = readingArchive(() => layerOf(decompress(request.archive)))
  const { image } = makeImage(
    {
      architecture: request.platform?.architecture ?? 'amd64',
      os: 'linux',
      variant: request.platform?.variant ?? '',
      author: '',
      comment: request.message,
      dockerVersion: engineVersion,
      created: env.now,
      config: own,
      history: [{ created: env.now, createdBy: '', author: '', comment: request.message, emptyLayer: false }],
    },
    [layer],
  )
  return [
    { type: 'image.add', image, layers: [layer] },
    ...(reference ? [{ type: 'image.tag' as const, id: image.id, reference: canonical(reference) }] : []),
    { type: 'image.import', id: image.id },
  ]
}
