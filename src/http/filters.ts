import { Problem } from '../core/problem.ts'
import { parseBool } from './query.ts'

/** The values of one key are OR-ed, keys are AND-ed; the order of the request is kept. */
export type Filters = ReadonlyMap<string, readonly string[]>

export const noFilters: Filters = new Map()

/** Both forms, `{"k":["v"]}` and `{"k":{"v":true}}`. An unknown key is refused where `accepted` is given. */
export function parseFilters(text: string | null, accepted?: ReadonlySet<string>): Filters {
  if (text === null || text === '') return noFilters
  const filters = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(parseObject(text))) {
    if (accepted && !accepted.has(key)) throw new Problem('InvalidParameter', `invalid filter '${key}'`)
    filters.set(key, valuesOf(value))
  }
  return filters
}

const broken = () => new Problem('InvalidParameter', 'invalid filter')

function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken()
  }
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw broken()
  return value as Record<string, unknown>
}

function valuesOf(value: unknown): string[] {
  if (value === null) return []
  if (Array.isArray(value)) {
    if (!value.every((item) => typeof item === 'string')) throw broken()
    return [...new Set(value)]
  }
  if (typeof value !== 'object') throw broken()
  if (!Object.values(value).every((flag) => typeof flag === 'boolean')) throw broken()
  return Object.keys(value)
}

/** moby's Args.GetBoolOrDefault: exactly one of the true or false words, or 400 `invalid filter 'dangling=[zz]'`. */
export function filterFlag(filters: Filters, key: string, fallback: boolean): boolean {
  const values = filters.get(key)
  if (!values?.length) return fallback
  const flags = new Set(values.map(parseBool))
  const [flag] = flags
  if (flags.size !== 1 || flag === undefined)
    throw new Problem('InvalidParameter', `invalid filter '${key}=[${values.join(' ')}]'`)
  return flag
}

/** Whether one of the key's values is the candidate; true where the key is absent. */
export function filterExact(filters: Filters, key: string, candidate: string): boolean {
  const values = filters.get(key)
  return !values?.length || values.includes(candidate)
}

/** `label=k` or `label=k=v`: every one of them must hold. */
export function filterLabels(
  filters: Filters,
  labels: Readonly<Record<string, string>> | null | undefined,
  key = 'label',
): boolean {
  return (filters.get(key) ?? []).every((wanted) => {
    const split = wanted.indexOf('=')
    const name = split < 0 ? wanted : wanted.slice(0, split)
    const value = labels?.[name]
    return value !== undefined && (split < 0 || value === wanted.slice(split + 1))
  })
}

/** A value as a regular expression, or as itself, anywhere in the candidate (moby's Args.Match). */
export function filterMatch(filters: Filters, key: string, candidate: string): boolean {
  const values = filters.get(key)
  if (!values?.length) return true
  return values.some((value) => value === candidate || matches(value, candidate))
}

function matches(pattern: string, candidate: string): boolean {
  try {
    return new RegExp(pattern).test(candidate)
  } catch {
    return false
  }
}
