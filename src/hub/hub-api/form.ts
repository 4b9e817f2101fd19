import type { Instant } from '../../core/instant.ts'
import { own } from '../../core/own.ts'
import { parseRfc3339 } from '../../core/rfc3339.ts'
import type { Input } from '../../http/input.ts'
import { invalidBody } from './errors.ts'

type Fields = Readonly<Record<string, unknown>>

const REQUIRED = 'value is required'

/** The fields of a body. What is wrong with them is told all at once, by `check`. */
export class Form {
  readonly #fields: Fields
  readonly #wrong: Record<string, string> = {}

  constructor(fields: Fields) {
    this.#fields = fields
  }

  #read<T>(name: string, what: string, is: (value: unknown) => value is T): T | undefined {
    const value = own(this.#fields, name)
    if (value === undefined || value === null) return undefined
    if (is(value)) return value
    this.#wrong[name] = `must be ${what}`
    return undefined
  }

  /** A text that may be left out. `longest`: in characters. */
  text(name: string, longest = Number.POSITIVE_INFINITY): string | undefined {
    const value = this.#read(name, 'a string', (one): one is string => typeof one === 'string')
    if (value !== undefined && value.length > longest) this.#wrong[name] = `must be at most ${longest} characters`
    return value
  }

  /** A text that may be neither left out nor empty. */
  required(name: string, longest?: number): string {
    const value = this.text(name, longest)
    if (!value && !(name in this.#wrong)) this.#wrong[name] = REQUIRED
    return value ?? ''
  }

  flag(name: string): boolean | undefined {
    return this.#read(name, 'a boolean', (one): one is boolean => typeof one === 'boolean')
  }

  number(name: string): number | undefined {
    return this.#read(name, 'an integer', (one): one is number => Number.isInteger(one))
  }

  items(name: string): readonly unknown[] | undefined {
    return this.#read(name, 'a list', (one): one is unknown[] => Array.isArray(one))
  }

  list(name: string): readonly string[] | undefined {
    return this.#read(
      name,
      'a list of strings',
      (one): one is string[] => Array.isArray(one) && one.every((item) => typeof item === 'string'),
    )
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    return this.#read(name, `one of: ${values.join(', ')}`, (one): one is T => values.includes(one as T))
  }

  time(name: string): Instant | undefined {
    const text = this.text(name)
    const at = text === undefined ? undefined : parseRfc3339(text)
    if (text !== undefined && at === undefined) this.#wrong[name] = 'must be a date and time of RFC 3339'
    return at
  }

  inside(name: string): Form {
    const value = this.#read(name, 'an object', (one): one is Fields => typeof one === 'object' && !Array.isArray(one))
    if (value === undefined && !(name in this.#wrong)) this.#wrong[name] = REQUIRED
    return new Form(value ?? {})
  }

  /** What the API itself finds wrong. */
  need(good: boolean, name: string, why = REQUIRED): void {
    if (!good && !(name in this.#wrong)) this.#wrong[name] = why
  }

  check(): void {
    if (Object.keys(this.#wrong).length > 0) throw invalidBody(this.#wrong)
  }
}

/** A body of JSON, or of a form where the client says so. */
export function formOf(input: Input): Form {
  const value = bodyOf(input)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidBody({})
  return new Form(value as Fields)
}

/** The JSON of a body; no body is an empty object. */
export function bodyOf({ request }: Input): unknown {
  const text = new TextDecoder().decode(request.body)
  if (/^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? ''))
    return Object.fromEntries(new URLSearchParams(text))
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalidBody({})
  }
}
