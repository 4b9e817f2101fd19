import { badData } from './answer.ts'
import { bodyJson } from './body.ts'
import type { ListedImage } from './listing.ts'

const ID = /^(?:[0-9a-f]{16}|[0-9a-f]{64})$/

/** `[{"id":…, "Tag":…, "checksum":…}]`: an entry for each tag of an image. */
export function imageList(bytes: Uint8Array): ListedImage[] {
  const value = bodyJson(bytes)
  if (!Array.isArray(value)) throw badData()
  return value.map(listedImage)
}

function listedImage(value: unknown): ListedImage {
  const { id, Tag: tag, checksum } = (value ?? {}) as { id?: unknown; Tag?: unknown; checksum?: unknown }
  if (typeof id !== 'string' || !ID.test(id)) throw badData()
  return {
    id,
    ...(typeof checksum === 'string' && checksum !== '' ? { checksum } : {}),
    ...(typeof tag === 'string' && tag !== '' ? { tag } : {}),
  }
}

export const listedJson = ({ id, checksum, tag }: ListedImage) => ({
  id,
  ...(checksum === undefined ? {} : { checksum }),
  ...(tag === undefined ? {} : { Tag: tag }),
})
