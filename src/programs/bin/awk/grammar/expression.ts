import type { Cursor } from './cursor.ts'
import { getlineOf } from './getline.ts'
import { operand } from './operand.ts'
import { isAssignment, LOOSEST, PIPE, precedenceOf, rightOf, SINGLE } from './precedence.ts'
import type { Expression, Place } from './tree.ts'

/** An expression of operators that bind at least as tightly as `level`. */
export function expression(cursor: Cursor, level = LOOSEST): Expression {
  return cursor.nested(() => {
    let left = operand(cursor)
    for (let operator = nextOperator(cursor, level); operator !== undefined; operator = nextOperator(cursor, level))
      left = infix(cursor, operator, left)
    return left
  })
}

/** The operator that goes on with the expression; undefined: it ends here, or a tighter one does. */
function nextOperator(cursor: Cursor, level: number): string | undefined {
  const operator = beginsOperand(cursor) ? ' ' : cursor.token.text
  const own = cursor.token.type === 'string' && operator !== ' ' ? undefined : precedenceOf(operator)
  if (own === undefined || own > level) return undefined
  if (cursor.printing && /^[|>]/.test(operator)) return undefined
  return operator
}

/** What stands right after an operand, without an operator between, is concatenated. */
function beginsOperand({ token: { type, text } }: Cursor): boolean {
  if (type === 'operator') return text === '(' || text === '$' || text === '!' || text === '++' || text === '--'
  return (
    type === 'number' ||
    type === 'string' ||
    type === 'name' ||
    type === 'call' ||
    type === 'builtin' ||
    text === 'getline'
  )
}

function infix(cursor: Cursor, operator: string, left: Expression): Expression {
  if (operator === ' ') return { type: 'binary', operator, left, right: right(cursor, operator) }
  if (isAssignment(operator)) return assignment(cursor, operator, left)
  cursor.lexer.advance()
  switch (operator) {
    case ',':
      return list(cursor, left)
    case '?':
      return conditional(cursor, left)
    case 'in':
      return { type: 'in', subscript: left, array: right(cursor, operator) }
    case '|':
      cursor.expect('getline')
      return getlineOf(cursor, 'command', left)
    case '~':
    case '!~':
      return { type: 'match', negated: operator === '!~', left, right: right(cursor, operator) }
    case '&&':
    case '||':
      return { type: 'logical', operator, left, right: right(cursor, operator) }
  }
  return { type: 'binary', operator, left, right: right(cursor, operator) }
}

function right(cursor: Cursor, operator: string): Expression {
  cursor.newlines()
  return expression(cursor, rightOf(precedenceOf(operator)!))
}

function assignment(cursor: Cursor, operator: string, left: Expression): Expression {
  if (!isPlace(left)) throw cursor.unexpected()
  cursor.lexer.advance()
  return { type: 'assign', operator: operator.slice(0, -1), place: left, value: right(cursor, operator) }
}

export const isPlace = (tree: Expression): tree is Place =>
  tree.type === 'variable' || tree.type === 'element' || tree.type === 'field'

function conditional(cursor: Cursor, test: Expression): Expression {
  cursor.newlines()
  const yes = expression(cursor, SINGLE)
  cursor.newlines()
  cursor.expect(':')
  return { type: 'conditional', test, yes, no: right(cursor, '?') }
}

function list(cursor: Cursor, first: Expression): Expression {
  const items = [first]
  do {
    cursor.newlines()
    items.push(expression(cursor, SINGLE))
  } while (cursor.accept(','))
  return { type: 'list', items }
}

/** What is parted by commas. */
export const itemsOf = (tree: Expression): readonly Expression[] => (tree.type === 'list' ? tree.items : [tree])

/** The file of `getline <` reaches as far as the command of a pipe. */
export const fileOf = (cursor: Cursor): Expression => expression(cursor, PIPE - 1)
