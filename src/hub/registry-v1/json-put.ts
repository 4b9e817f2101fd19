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
import { isImageId } from './image.ts'

/** `PUT /v1/images/<id>/json`: an upload begins. The order of the checks is docker-registry's. */
export const putJson: HubVerb<RegistryV1Commands['ImageJsonPutV1']> = (state, command) => {
  const { registry, id, bytes, listed, parent } = command
  if (!isImageId(id)) throw invalidImageId()
  const fields = jsonOf(bytes)
  if (!fields || Object.keys(fields).length === 0) throw invalidJson()
  if (!Object.hasOwn(fields, 'id')) throw missingId()
  if (fields.id !== id) throw otherId()
  if (listed && !listed.has(id)) throw notOfRepository()
  const below = parentOf(fields)
  const under = below === undefined ? undefined : lookupImage(state, registry, below)
  if (below !== undefined && (!under || under.ancestry.includes(id))) throw noParent()
  if (below !== undefined && !parent) throw unauthorizedParent()
  if (lookupImage(state, registry, id)?.complete) throw imageExists()
  const ancestry = [id, ...(under?.ancestry ?? [])]
  return [{ type: 'imagev1.json', registry, image: { id, json: bytes, ancestry, layer: undefined, complete: false } }]
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
