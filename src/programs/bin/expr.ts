import { parseInteger } from '../text/numbers.ts'
import { regularExpression } from '../text/regular-expression.ts'
import { tool } from './tool.ts'

class ExprProblem {
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}

interface Expr {
  readonly words: readonly string[]
  at: number
  depth: number
}

const isTrue = (value: string) => value !== '' && !/^-?0+$/.test(value)

function number(value: string): bigint {
  const parsed = /^-?\d+$/.test(value) ? BigInt(value) : undefined
  if (parsed === undefined) throw new ExprProblem('non-numeric argument')
  return parsed
}

/** The operators from the weakest to the strongest. */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
]

function level(expr: Expr, depth: number): string {
  if (depth === LEVELS.length) return primary(expr)
  let left = level(expr, depth + 1)
  for (;;) {
    const operator = expr.words[expr.at]
    if (operator === undefined || !LEVELS[depth]!.includes(operator)) return left
    expr.at++
    left = apply(operator, left, level(expr, depth + 1))
  }
}

function apply(operator: string, left: string, right: string): string {
  switch (operator) {
    case '|':
      return isTrue(left) ? left : isTrue(right) ? right : '0'
    case '&':
      return isTrue(left) && isTrue(right) ? left : '0'
    case ':':
      return match(left, right)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return String(calculate(operator, number(left), number(right)))
    default:
      return compare(operator, left, right) ? '1' : '0'
  }
}

function calculate(operator: string, a: bigint, b: bigint): bigint {
  if (operator === '+') return BigInt.asIntN(64, a + b)
  if (operator === '-') return BigInt.asIntN(64, a - b)
  if (operator === '*') return BigInt.asIntN(64, a * b)
  if (b === 0n) throw new ExprProblem('division by zero')
  return operator === '/' ? a / b : a % b
}

function compare(operator: string, left: string, right: string): boolean {
  const numbers = parseInteger(left) !== undefined && parseInteger(right) !== undefined
  const [a, b] = numbers ? [number(left), number(right)] : [left, right]
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    default:
      return (a === b) === (operator !== '!=')
  }
}

/** What the first group matched, or how long the match is. The beginning must match. */
function match(text: string, pattern: string): string {
  const expression = regularExpression(`^${pattern.replace(/^\^/, '')}`)
  const groups = /\\\(/.test(pattern)
  const found = expression.exec(text)
  if (groups) return found?.[1] ?? ''
  return String(found?.[0].length ?? 0)
}

const DEPTH_LIMIT = 250

function primary(expr: Expr): string {
  if (++expr.depth > DEPTH_LIMIT) throw new ExprProblem('expression is nested too deeply')
  const value = unguarded(expr)
  expr.depth--
  return value
}

function unguarded(expr: Expr): string {
  const word = expr.words[expr.at++]
  if (word === undefined) throw new ExprProblem('syntax error')
  if (word === '(') {
    const value = level(expr, 0)
    if (expr.words[expr.at++] !== ')') throw new ExprProblem('syntax error')
    return value
  }
  const next = () => primary(expr)
  // As the last word, or in front of an operator, a keyword is a value.
  const rest = expr.words[expr.at]
  if (rest === undefined || LEVELS.some((operators) => operators.includes(rest))) return word === ')' ? fail() : word
  switch (word) {
    case 'quote':
      return expr.words[expr.at++] ?? fail()
    case 'length':
      return String(next().length)
    case 'match':
      return match(next(), next())
    case 'index': {
      const text = next()
      const chars = next()
      return String([...text].findIndex((char) => chars.includes(char)) + 1)
    }
    case 'substr': {
      const text = next()
      const [from, length] = [Number(number(next())), Number(number(next()))]
      return from < 1 || length < 1 ? '' : text.slice(from - 1, from - 1 + length)
    }
  }
  return word
}

function fail(): never {
  throw new ExprProblem('syntax error')
}

export const expr = tool({
  name: 'expr',
  short: '',
  raw: true,
  run(call) {
    const words = call.process.argv.slice(1)
    try {
      if (words.length === 0) throw new ExprProblem('too few arguments')
      const state: Expr = { words, at: 0, depth: 0 }
      const value = level(state, 0)
      if (state.at < words.length) throw new ExprProblem('syntax error')
      call.out(`${value}\n`)
      return isTrue(value) ? 0 : 1
    } catch (error) {
      if (!(error instanceof ExprProblem)) throw error
      call.fail(error.words, 2)
      return 2
    }
  },
})
