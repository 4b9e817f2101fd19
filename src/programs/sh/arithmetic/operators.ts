import { ArithmeticError } from './error.ts'

/** How strongly a binary operator binds. */
export const BINDING: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
}

const truth = (value: boolean) => (value ? 1n : 0n)
const wrap = (value: bigint) => BigInt.asIntN(64, value)

/** Both sides are evaluated before: ash knows no short cut. */
export function binary(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '||':
      return truth(a !== 0n || b !== 0n)
    case '&&':
      return truth(a !== 0n && b !== 0n)
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '&':
      return a & b
    case '==':
      return truth(a === b)
    case '!=':
      return truth(a !== b)
    case '<':
      return truth(a < b)
    case '>':
      return truth(a > b)
    case '<=':
      return truth(a <= b)
    case '>=':
      return truth(a >= b)
    case '<<':
      return wrap(a << (b & 63n))
    case '>>':
      return a >> (b & 63n)
    case '+':
      return wrap(a + b)
    case '-':
      return wrap(a - b)
    case '*':
      return wrap(a * b)
    case '/':
      return wrap(a / divisor(b))
    case '%':
      return a % divisor(b)
    default:
      return power(a, b)
  }
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new ArithmeticError('divide by zero')
  return value
}

function power(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new ArithmeticError('exponent less than 0')
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = wrap(result * square)
    square = wrap(square * square)
  }
  return result
}

export function unary(operator: string, value: bigint): bigint {
  switch (operator) {
    case '-':
      return wrap(-value)
    case '!':
      return truth(value === 0n)
    case '~':
      return ~value
    default:
      return value
  }
}
