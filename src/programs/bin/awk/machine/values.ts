import type { ArrayHandle, Numeric, Value } from './code.ts'
import { numberOf, numberText, numericPrefix } from './number.ts'

/** Text of the input: it compares as a number when all of it looks like one. */
export function input(text: string): string | Numeric {
  const { value, length } = numericPrefix(text)
  const number = text !== '' && /^[ \t\n\v\f\r]*$/.test(text.slice(length))
  return number ? { text, number: value } : text
}

export const isArray = (value: Value): value is ArrayHandle => typeof value === 'object' && 'array' in value

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return numberOf(value)
  return value && 'number' in value ? value.number : 0
}

/** @param format CONVFMT or OFMT, for what is no integer. */
export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value, format)
  return value && 'text' in value ? value.text : ''
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  return value !== undefined && 'number' in value && value.number !== 0
}

/** Numbers compare as numbers, everything else as text. What never had a value is a number too. */
export const isNumeric = (value: Value): boolean => typeof value !== 'string'
