import type { HubVerb } from '../verb.ts'
import type { RegistryV1Commands } from './commands.ts'
import {
  imageExists,
  invalidImageId,
  invalidJson,
  missingId,
  noParent,
  notOfRepository,
  otherId,
  unauthorizedParent,
} from './errors.ts'
import { lookupImage } from './find.ts'
import { isImageId, placeOf } from './image.ts'

/** `PUT /v1/images/<id>/json`: an upload begins. The order of the checks is docker-registry's. */
export const putJson: HubVerb<RegistryV1Commands['ImageJsonPutV1']> = (state, command) => {
  const { id, bytes, listed, parent } = command
  const where = placeOf(command)
  if (!isImageId(id)) throw invalidImageId()
  const fields = jsonOf(bytes)
  if (!fields || Object.keys(fields).length === 0) throw invalidJson()
  if (!Object.hasOwn(fields, 'id')) throw missingId()
  if (fields.id !== id) throw otherId()
  if (listed && !listed.has(id)) throw notOfRepository()
  const below = parentOf(fields)
  const under = below === undefined ? undefined : lookupImage(state, where, below)
  if (below !== undefined && (!under || under.ancestry.includes(id))) throw noParent()
  if (below !== undefined && !parent) throw unauthorizedParent()
  if (lookupImage(state, where, id)?.complete) throw imageExists()
  const ancestry = [id, ...(under?.ancestry ?? [])]
  const repository = where.name
  const image = { repository, id, json: bytes, ancestry, layer: undefined, complete: false }
  return [{ type: 'imagev1.json', ...where, image }]
}

/** An image's JSON; `undefined`: it is none, or nested so deep that it could not be written again. */
export function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    JSON.stringify(value)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

export function parentOf({ parent }: Readonly<Record<string, unknown>>): string | undefined {
  return parent === undefined || parent === null || parent === '' ? undefined : String(parent)
}
