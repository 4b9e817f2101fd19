import { ArchiveError } from '../../storage/archive-error.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { type TarSumVersion, tarSum } from '../../storage/tar/tar-sum.ts'
import type { HubVerb } from '../verb.ts'
import type { RegistryV1Commands } from './commands.ts'
import {
  checksumMismatch,
  checksumMissing,
  checksumNotSet,
  checksumNotWanted,
  imageNotFound,
  notOfRepository,
} from './errors.ts'
import { lookupImage } from './find.ts'
import { checksumOf, type ImageV1, placeOf } from './image.ts'

/** `PUT /v1/images/<id>/checksum`: the upload ends, if what was told is what came. */
export const putChecksum: HubVerb<RegistryV1Commands['ImageChecksumPutV1']> = (state, command) => {
  const { id, payload, legacy, listed } = command
  const where = placeOf(command)
  const told = payload ?? legacy
  if (told === undefined) throw checksumNotSet()
  if (told === '') throw checksumMissing()
  const image = lookupImage(state, where, id)
  if (!image) throw imageNotFound()
  if (image.complete) throw checksumNotWanted()
  if (listed && !listed.has(id)) throw notOfRepository()
  // The era's own answer to a checksum before its layer was a fault of the server.
  if (!image.layer || sumOf(image, told) !== told) throw checksumMismatch()
  return [{ type: 'imagev1.complete', ...where, id }]
}

/** What it should be, in the form in which it was told. */
function sumOf(image: ImageV1, told: string): string | undefined {
  const version = /^(tarsum(?:\.v1)?)\+sha256:/.exec(told)?.[1] as TarSumVersion | undefined
  if (version === undefined) return checksumOf(image)
  try {
    return tarSum(decompress(image.layer!), image.json, version)
  } catch (error) {
    if (error instanceof ArchiveError) return undefined
    throw error
  }
}
