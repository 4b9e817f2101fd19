import { Problem } from '../core/problem.ts'

/**
 * How Go reads and writes one type as JSON. Inside, fields have camelCase names; on the wire they have Go's.
 *
 * @example
 * const port = struct('PortBinding', { hostIp: string, hostPort: string })
 * port.decode({ HostPort: '80' }, '')  // { hostIp: '', hostPort: '80' }
 * port.encode({ hostIp: '', hostPort: '80' })  // { HostIp: '', HostPort: '80' }
 */
export interface Schema<T> {
  /** What an absent field is. */
  readonly zero: T
  /** The name on the wire where it is not the capitalised field name. */
  readonly goName?: string
  /** `omitempty`: the field is left out when this says so. */
  readonly omit?: (value: T) => boolean
  /** `field` is Go's name of the place, for the words of an error. */
  decode(value: unknown, field: string): T
  encode(value: T): unknown
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

const absent = (value: unknown): value is null | undefined => value === null || value === undefined

const scalar = <T>(zero: T, type: string, is: (value: unknown) => value is T): Schema<T> => ({
  zero,
  decode(value, field) {
    if (absent(value)) return zero
    if (!is(value)) throw mismatch(value, field, type)
    return value
  },
  encode: (value) => value,
})

export const string = scalar('', 'string', (value): value is string => typeof value === 'string')
export const bool = scalar(false, 'bool', (value): value is boolean => typeof value === 'boolean')

const whole = (type: string): Schema<number> => ({
  zero: 0,
  decode(value, field) {
    if (absent(value)) return 0
    if (typeof value !== 'number') throw mismatch(value, field, type)
    if (!Number.isInteger(value))
      throw new Problem(
        'InvalidParameter',
        `invalid JSON: json: cannot unmarshal number ${value} into Go struct field ${field} of type ${type}`,
      )
    return value
  },
  encode: (value) => value,
})
export const int = whole('int')
export const int64 = whole('int64')
export const uint16 = whole('uint16')

/** Where nothing is asked of the value: Go's json.RawMessage and the like. */
export const raw: Schema<unknown> = { zero: null, decode: (value) => value ?? null, encode: (value) => value }

/** `struct{}`: the value of Go's sets. */
export const unit: Schema<Readonly<Record<string, never>>> = {
  zero: {},
  decode: () => ({}),
  encode: () => ({}),
}

/** The field has this name on the wire. */
export const as = <T>(goName: string, schema: Schema<T>): Schema<T> => ({ ...schema, goName })

/** Go's `omitempty`. */
export const omitEmpty = <T>(schema: Schema<T>): Schema<T> => ({ ...schema, omit: isEmpty })

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return !value
}

/** A pointer: absent and null are null. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return {
    zero: null,
    decode: (value, field) => (absent(value) ? null : schema.decode(value, field)),
    encode: (value) => (value === null ? null : schema.encode(value)),
  }
}

/** A slice; nil is null. */
export function list<T>(of: Schema<T>, type = '[]string'): Schema<readonly T[] | null> {
  return {
    zero: null,
    decode(value, field) {
      if (absent(value)) return null
      if (!Array.isArray(value)) throw mismatch(value, field, type)
      return value.map((item) => of.decode(item, field))
    },
    encode: (value) => value?.map((item) => of.encode(item)) ?? null,
  }
}

/** A map from strings; nil is null. Keys are written in order, as Go writes them. */
export function map<T>(of: Schema<T>, type = 'map[string]string'): Schema<Readonly<Record<string, T>> | null> {
  return {
    zero: null,
    decode(value, field) {
      if (absent(value)) return null
      if (typeof value !== 'object' || Array.isArray(value)) throw mismatch(value, field, type)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, of.decode(item, field)]))
    },
    encode: (value) =>
      value === null
        ? null
        : Object.fromEntries(
            Object.keys(value)
              .sort()
              .map((key) => [key, of.encode(value[key] as T)]),
          ),
  }
}

/** strslice.StrSlice: a list, or up to this engine one string that becomes a list of one. */
export const stringOrList: Schema<readonly string[] | null> = {
  ...list(string),
  decode: (value, field) => (typeof value === 'string' ? [value] : list(string).decode(value, field)),
}

type Fields = Readonly<Record<string, Schema<never>>>
export type Struct<F> = { readonly [K in keyof F]: Decoded<F[K]> }

const capitalised = (name: string) => name[0]!.toUpperCase() + name.slice(1)

/** A struct: names match in any case, the exact one wins; unknown fields are ignored; `name` is Go's type name in errors. */
export function struct<F>(name: string, fields: F): Schema<Struct<F>> {
  const entries = Object.entries(fields as Fields).map(([key, schema]) => ({
    key,
    schema: schema as unknown as Schema<unknown>,
    goName: schema.goName ?? capitalised(key),
    field: `${name}.${schema.goName ?? capitalised(key)}`,
  }))
  const exact = new Map(entries.map((entry) => [entry.goName, entry]))
  const folded = new Map(entries.map((entry) => [entry.goName.toLowerCase(), entry]))
  const zero = Object.fromEntries(entries.map(({ key, schema }) => [key, schema.zero])) as Struct<F>
  return {
    zero,
    decode(value, field) {
      if (absent(value)) return zero
      if (typeof value !== 'object' || Array.isArray(value)) throw mismatch(value, field, name)
      const out: Record<string, unknown> = { ...zero }
      for (const given of Object.keys(value)) {
        const entry = exact.get(given) ?? folded.get(given.toLowerCase())
        if (entry) out[entry.key] = entry.schema.decode((value as Record<string, unknown>)[given], entry.field)
      }
      return out as Struct<F>
    },
    encode(value) {
      const out: Record<string, unknown> = {}
      for (const { key, schema, goName } of entries) {
        const item = (value as Record<string, unknown>)[key]
        if (!schema.omit?.(item)) out[goName] = schema.encode(item)
      }
      return out
    },
  }
}

/** Several structs as one, as Go embeds them. */
export function embed<A, B>(a: Schema<A>, b: Schema<B>): Schema<A & B> {
  return {
    zero: { ...a.zero, ...b.zero },
    decode: (value, field) => ({ ...a.decode(value, field), ...b.decode(value, field) }),
    encode: (value) => ({ ...(a.encode(value) as object), ...(b.encode(value) as object) }),
  }
}

/** Decode a parsed body. */
export function decode<T>(schema: Schema<T>, value: unknown): T {
  return schema.decode(value, '')
}
