import { ArithmeticError } from './error.ts'
import { BINDING, binary, unary } from './operators.ts'
import { type Token, tokenize } from './tokens.ts'

/** The variables that an expression reads and writes. */
export interface Variables {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

interface Evaluation {
  readonly tokens: readonly Token[]
  at: number
  depth: number
  readonly variables: Variables
  /** The variables whose values are being evaluated. */
  readonly within: readonly string[]
}

/** A value, and the variable that it came from. */
interface Operand {
  readonly value: bigint
  readonly name?: string
}

const DEPTH_LIMIT = 500

/** Evaluates the text within `$((…))`, its expansions done. */
export function evaluate(text: string, variables: Variables, within: readonly string[] = []): bigint {
  const tokens = tokenize(text)
  if (tokens.length === 0) return 0n
  const evaluation: Evaluation = { tokens, at: 0, depth: 0, variables, within }
  const value = list(evaluation)
  if (evaluation.at < tokens.length) throw leftOver(evaluation)
  return value
}

const leftOver = (evaluation: Evaluation) =>
  operator(evaluation) === ':' ? new ArithmeticError('malformed ?: operator') : new ArithmeticError()

function operator({ tokens, at }: Evaluation): string | undefined {
  const token = tokens[at]
  return token?.type === 'operator' ? token.operator : undefined
}

function list(evaluation: Evaluation): bigint {
  let value = assignment(evaluation)
  while (operator(evaluation) === ',') {
    evaluation.at++
    value = assignment(evaluation)
  }
  return value
}

const ASSIGNS: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='])

function assignment(evaluation: Evaluation): bigint {
  const { tokens, at } = evaluation
  const target = tokens[at]
  const next = tokens[at + 1]
  if (target?.type !== 'name' || next?.type !== 'operator' || !ASSIGNS.has(next.operator)) return ternary(evaluation)
  evaluation.at += 2
  const right = assignment(evaluation)
  const value = next.operator === '=' ? right : binary(next.operator.slice(0, -1), read(evaluation, target.name), right)
  evaluation.variables.set(target.name, String(value))
  return value
}

function ternary(evaluation: Evaluation): bigint {
  const condition = binaries(evaluation, 1).value
  if (operator(evaluation) !== '?') return condition
  evaluation.at++
  const yes = binaries(evaluation, 1).value
  if (operator(evaluation) !== ':') throw new ArithmeticError('malformed ?: operator')
  evaluation.at++
  enter(evaluation)
  const no = ternary(evaluation)
  evaluation.depth--
  return condition !== 0n ? yes : no
}

function enter(evaluation: Evaluation): void {
  if (++evaluation.depth > DEPTH_LIMIT) throw new ArithmeticError()
}

function binaries(evaluation: Evaluation, weakest: number): Operand {
  let left = prefix(evaluation)
  for (;;) {
    const found = operator(evaluation)
    const binding = found === undefined ? 0 : (BINDING[found] ?? 0)
    if (binding < weakest) return left
    evaluation.at++
    // `**` alone groups to the right.
    const right = binaries(evaluation, found === '**' ? binding : binding + 1)
    left = { value: binary(found!, left.value, right.value) }
  }
}

function prefix(evaluation: Evaluation): Operand {
  enter(evaluation)
  const found = operator(evaluation)
  let operand: Operand
  switch (found) {
    case '+':
    case '-':
    case '!':
    case '~':
      evaluation.at++
      operand = { value: unary(found, prefix(evaluation).value) }
      break
    case '++':
    case '--':
      evaluation.at++
      operand = { value: step(evaluation, prefix(evaluation), found) }
      break
    default:
      operand = postfix(evaluation, primary(evaluation))
  }
  evaluation.depth--
  return operand
}

function postfix(evaluation: Evaluation, operand: Operand): Operand {
  const found = operator(evaluation)
  if (found !== '++' && found !== '--') return operand
  evaluation.at++
  step(evaluation, operand, found)
  return { value: operand.value }
}

/** Adds one to a variable, or takes one away; gives the new value. */
function step(evaluation: Evaluation, { value, name }: Operand, operator: string): bigint {
  if (name === undefined) throw new ArithmeticError()
  const stepped = BigInt.asIntN(64, operator === '++' ? value + 1n : value - 1n)
  evaluation.variables.set(name, String(stepped))
  return stepped
}

function primary(evaluation: Evaluation): Operand {
  const token = evaluation.tokens[evaluation.at++]
  if (token?.type === 'number') return { value: token.value }
  if (token?.type === 'name') return { value: read(evaluation, token.name), name: token.name }
  if (token?.operator !== '(') throw new ArithmeticError()
  const value = list(evaluation)
  if (operator(evaluation) !== ')') throw new ArithmeticError()
  evaluation.at++
  return { value }
}

const PLAIN = /^-?[1-9]\d{0,17}$/

/** A variable's value is an expression itself. */
function read({ variables, within }: Evaluation, name: string): bigint {
  const text = variables.get(name)
  if (text === undefined || text === '') return 0n
  // Most values are plain numbers: no need to read them as expressions.
  if (PLAIN.test(text)) return BigInt(text)
  if (within.includes(name)) throw new ArithmeticError('expression recursion loop detected')
  return evaluate(text, variables, [...within, name])
}
