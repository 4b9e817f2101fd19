import { AwkProblem } from '../problem.ts'
import type { Value } from './code.ts'
import { toLong } from './number.ts'
import { isNumeric, isTrue, toNumber, toText } from './values.ts'

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / nonZero(b),
  '%': (a, b) => a - Number(toLong(a / nonZero(b))) * b,
  '^': (a, b) => a ** b,
}

/** What the difference says; nothing compares with what is no number. */
const COMPARISON: Readonly<Record<string, (difference: number) => boolean>> = {
  '==': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '>': (difference) => difference > 0,
  '<=': (difference) => !(difference > 0),
  '>=': (difference) => difference >= 0,
  '<': (difference) => !(difference >= 0),
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new AwkProblem('Division by zero')
  return divisor
}

/** @param format CONVFMT */
export function binary(operator: string, a: Value, b: Value, format: string): Value {
  if (operator === ' ') return toText(a, format) + toText(b, format)
  const arithmetic = ARITHMETIC[operator]
  if (arithmetic) return arithmetic(toNumber(a), toNumber(b))
  return COMPARISON[operator]!(difference(a, b, format)) ? 1 : 0
}

function difference(a: Value, b: Value, format: string): number {
  if (isNumeric(a) && isNumeric(b)) return toNumber(a) - toNumber(b)
  const [x, y] = [toText(a, format), toText(b, format)]
  return x === y ? 0 : x < y ? -1 : 1
}

export function unary(operator: '!' | '-' | '+', value: Value): number {
  if (operator === '!') return isTrue(value) ? 0 : 1
  return operator === '-' ? -toNumber(value) : toNumber(value)
}
