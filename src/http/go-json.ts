import { Problem } from '../core/problem.ts'

/** How Go decodes one type: the zero value where the field is absent, and the check of what is there. */
export interface Schema<T> {
  readonly zero: T
  /** `field` is Go's name of the place, for the words of an error. */
  decode(value: unknown, field: string): T
}

/** The type that a schema decodes to. */
export type Decoded<S> = S extends Schema<infer T> ? T : never

function mismatch(value: unknown, field: string, type: string): Problem {
  const kind = Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value
  const place = field === '' ? 'Go value' : `Go struct field ${field}`
  return new Problem('InvalidParameter', `invalid JSON: json: cannot unmarshal ${kind} into ${place} of type ${type}`)
}

const scalar = <T>(zero: T, type: string, is: (value: unknown) => value is T): Schema<T> => ({
  zero,
  decode(value, field) {
    if (value === null || value === undefined) return zero
    if (!is(value)) throw mismatch(value, field, type)
    return value
  },
})

export const string = scalar('', 'string', (value): value is string => typeof value === 'string')
export const bool = scalar(false, 'bool', (value): value is boolean => typeof value === 'boolean')

const whole = (type: string): Schema<number> => ({
  zero: 0,
  decode(value, field) {
    if (value === null || value === undefined) return 0
    if (typeof value !== 'number') throw mismatch(value, field, type)
    if (!Number.isInteger(value))
      throw new Problem(
        'InvalidParameter',
        `invalid JSON: json: cannot unmarshal number ${value} into Go struct field ${field} of type ${type}`,
      )
    return value
  },
})
export const int = whole('int')
export const int64 = whole('int64')

/** Where nothing is asked of the value: Go's json.RawMessage and the like. */
export const raw: Schema<unknown> = { zero: null, decode: (value) => value ?? null }

/** A pointer: absent and null are null. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return {
    zero: null,
    decode: (value, field) => (value === null || value === undefined ? null : schema.decode(value, field)),
  }
}

/** A slice; nil is null. */
export function list<T>(of: Schema<T>, type = '[]string'): Schema<readonly T[] | null> {
  return {
    zero: null,
    decode(value, field) {
      if (value === null || value === undefined) return null
      if (!Array.isArray(value)) throw mismatch(value, field, type)
      return value.map((item) => of.decode(item, field))
    },
  }
}

/** A map from strings; nil is null. */
export function map<T>(of: Schema<T>, type = 'map[string]string'): Schema<Readonly<Record<string, T>> | null> {
  return {
    zero: null,
    decode(value, field) {
      if (value === null || value === undefined) return null
      if (typeof value !== 'object' || Array.isArray(value)) throw mismatch(value, field, type)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, of.decode(item, field)]))
    },
  }
}

/** strslice.StrSlice: a list, or up to this engine one string that becomes a list of one. */
export const stringOrList: Schema<readonly string[] | null> = {
  zero: null,
  decode: (value, field) => (typeof value === 'string' ? [value] : list(string).decode(value, field)),
}

type Fields = Readonly<Record<string, Schema<unknown>>>
export type Struct<F extends Fields> = { readonly [K in keyof F]: Decoded<F[K]> }

/** A struct: names match in any case, the exact one wins; unknown fields are ignored; `name` is Go's type name in errors. */
export function struct<F extends Fields>(name: string, fields: F): Schema<Struct<F>> {
  const entries = Object.entries(fields)
  const byLower = new Map(entries.map(([key]) => [key.toLowerCase(), key]))
  const zero = Object.fromEntries(entries.map(([key, schema]) => [key, schema.zero])) as Struct<F>
  return {
    zero,
    decode(value, field) {
      if (value === null || value === undefined) return zero
      if (typeof value !== 'object' || Array.isArray(value)) throw mismatch(value, field, name)
      const out: Record<string, unknown> = { ...zero }
      for (const [given, item] of Object.entries(value)) {
        const key = given in fields ? given : byLower.get(given.toLowerCase())
        if (key !== undefined) out[key] = fields[key]!.decode(item, `${field === '' ? name : field}.${key}`)
      }
      return out as Struct<F>
    },
  }
}

/** Decode a parsed body. */
export function decode<T>(schema: Schema<T>, value: unknown): T {
  return schema.decode(value, '')
}
