import { formatFloat } from '../../text/format-number.ts'
import type { Numeric, Value } from './code.ts'

const LEADING = /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/
const WHOLE = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/

/** The number that a text begins with. */
export function numberOf(text: string): number {
  const found = LEADING.exec(text)?.[0].trim()
  if (!found) return 0
  const value = Number(found.replace(/^\+/, ''))
  return Number.isNaN(value) ? 0 : value
}

/** Text of the input: it compares as a number when it looks like one. */
export const input = (text: string): string | Numeric => (WHOLE.test(text) ? { text, number: numberOf(text) } : text)

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

function numberText(value: number, format: string): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value + 0) : BigInt(value).toString()
  const found = /^%\.?(\d*)([efgEFG])$/.exec(format)
  if (!found) return Number.isNaN(value) ? 'nan' : String(value)
  return formatFloat(found[2]!, value, { flags: '', width: 0, precision: found[1] === '' ? 6 : Number(found[1]) })
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  return value !== undefined && 'number' in value && value.number !== 0
}

const isNumeric = (value: Value) => typeof value !== 'string'

/** Numbers compare as numbers, everything else as text. */
export function compare(a: Value, b: Value, format: string): number {
  if (isNumeric(a) && isNumeric(b)) return toNumber(a) - toNumber(b)
  const [x, y] = [toText(a, format), toText(b, format)]
  return x === y ? 0 : x < y ? -1 : 1
}

export function binary(operator: string, a: Value, b: Value, format: string): Value {
  switch (operator) {
    case '+':
      return toNumber(a) + toNumber(b)
    case '-':
      return toNumber(a) - toNumber(b)
    case '*':
      return toNumber(a) * toNumber(b)
    case '/':
      return toNumber(a) / toNumber(b)
    case '%':
      return toNumber(a) % toNumber(b)
    case '^':
      return toNumber(a) ** toNumber(b)
    case ' ':
      return toText(a, format) + toText(b, format)
    case 'missing':
      return a === undefined ? 1 : 0
    default:
      return compared(operator, compare(a, b, format)) ? 1 : 0
  }
}

function compared(operator: string, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}
