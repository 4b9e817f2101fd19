import type { HubVerb } from '../verb.ts'
import type { RegistryV1Commands } from './commands.ts'
import { imageExists, imageNotFound, notOfRepository } from './errors.ts'
import { lookupImage } from './find.ts'
import { placeOf } from './image.ts'

/** `PUT /v1/images/<id>/layer`; putting it again is allowed till the checksum was told. */
export const putLayer: HubVerb<RegistryV1Commands['ImageLayerPutV1']> = (state, command) => {
  const { id, bytes, listed } = command
  const where = placeOf(command)
  const image = lookupImage(state, where, id)
  if (!image) throw imageNotFound()
  if (image.complete) throw imageExists()
  if (listed && !listed.has(id)) throw notOfRepository()
  return [{ type: 'imagev1.layer', ...where, id, layer: bytes }]
}
