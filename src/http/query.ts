import { Problem } from '../core/problem.ts'

const FALSE = new Set(['', '0', 'no', 'false', 'none'])

/** moby's httputils.BoolValue: anything but `"" 0 no false none` (trimmed, any case) is true; absent is false. */
export function queryFlag(query: URLSearchParams, key: string): boolean {
  return !FALSE.has((query.get(key) ?? '').trim().toLowerCase())
}

export function queryFlagOr(query: URLSearchParams, key: string, fallback: boolean): boolean {
  return query.has(key) ? queryFlag(query, key) : fallback
}

/** Go's strconv.Atoi / ParseInt: 500 in this engine where the daemon does not wrap the error. */
export function queryInteger(query: URLSearchParams, key: string, fallback: number, via = 'Atoi'): number {
  const text = query.get(key)
  if (text === null || text === '') return fallback
  return parseInteger(text, via, 'System')
}

export function parseInteger(text: string, via = 'Atoi', kind: 'System' | 'InvalidParameter' = 'System'): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new Problem(kind, `strconv.${via}: parsing ${JSON.stringify(text)}: invalid syntax`)
  const value = Number(text)
  if (!Number.isSafeInteger(value) && Math.abs(value) > 2 ** 63)
    throw new Problem(kind, `strconv.${via}: parsing ${JSON.stringify(text)}: value out of range`)
  return value
}

const TRUE_WORDS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const FALSE_WORDS = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/** Go's strconv.ParseBool; `undefined` where it gives an error. */
export function parseBool(text: string): boolean | undefined {
  return TRUE_WORDS.has(text) ? true : FALSE_WORDS.has(text) ? false : undefined
}
