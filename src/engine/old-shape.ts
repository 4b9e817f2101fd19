/** A JSON object of an answer. */
export type Json = Readonly<Record<string, unknown>>
type Change = (object: Json) => Json

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Changes an object, or each object of a list; anything else stays. */
export const each =
  (change: Change) =>
  (json: unknown): unknown =>
    Array.isArray(json) ? json.map(each(change)) : isObject(json) ? change(json) : json

/** Changes what stands in a field. */
export const within =
  (key: string, change: Change): Change =>
  (object) =>
    object[key] === undefined ? object : { ...object, [key]: each(change)(object[key]) }

/** Changes each value of a map. */
export const map =
  (change: Change): Change =>
  (object) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, each(change)(value)]))

/** Leaves fields out. */
export const not =
  (...keys: readonly string[]): Change =>
  (object) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))

/** `sha256:` was not said. */
export const bareIds =
  (...keys: readonly string[]): Change =>
  (object) =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [
        key,
        keys.includes(key) && typeof value === 'string' ? value.replace(/^sha256:/, '') : value,
      ]),
    )

/** The size with all parents, when `Size` was that of the uppermost layer. */
export const virtualSize: Change = (object) =>
  object.Size === undefined ? object : { ...object, VirtualSize: object.Size }
