import { BUILTINS } from '../lexer/words.ts'
import { numberOf } from '../machine/number.ts'
import { AwkProblem } from '../problem.ts'
import type { Cursor } from './cursor.ts'
import { expression, isPlace, itemsOf } from './expression.ts'
import { getlineOf } from './getline.ts'
import { UNARY } from './precedence.ts'
import type { Expression, Place } from './tree.ts'

/** What stands between two operators, with the signs in front of it and the steps behind it. */
export function operand(cursor: Cursor): Expression {
  const { type, text } = cursor.token
  if (type === 'operator') {
    if (text === '!' || text === '-' || text === '+') {
      cursor.lexer.advance()
      return { type: 'unary', operator: text, operand: expression(cursor, UNARY) }
    }
    if (text === '++' || text === '--') return prefixStep(cursor, text)
  }
  return postfixStep(cursor, primary(cursor))
}

const stepOf = (sign: string) => (sign === '++' ? 1 : -1)

function prefixStep(cursor: Cursor, sign: string): Expression {
  cursor.lexer.advance()
  const place = primary(cursor)
  if (!isPlace(place)) throw cursor.unexpected()
  return { type: 'step', by: stepOf(sign), prefix: true, place }
}

function postfixStep(cursor: Cursor, place: Expression): Expression {
  const sign = cursor.token.text
  if (cursor.token.type !== 'operator' || (sign !== '++' && sign !== '--') || !isPlace(place)) return place
  cursor.lexer.advance()
  return { type: 'step', by: stepOf(sign), prefix: false, place }
}

function primary(cursor: Cursor): Expression {
  const { type, text } = cursor.token
  switch (type) {
    case 'number':
      cursor.lexer.advance()
      return { type: 'number', value: numberOf(text) }
    case 'string':
      cursor.lexer.advance()
      return { type: 'string', value: text }
    case 'name':
      return variable(cursor)
    case 'call':
      return call(cursor)
    case 'builtin':
      return builtin(cursor)
    case 'keyword':
      if (!cursor.accept('getline')) throw cursor.unexpected()
      return getlineOf(cursor, 'main', undefined)
  }
  return signed(cursor, text)
}

function signed(cursor: Cursor, text: string): Expression {
  switch (text) {
    case '(':
      return parenthesis(cursor)
    case '$':
      return field(cursor)
    case '/':
    case '/=':
      return { type: 'regex', source: cursor.lexer.regex() }
  }
  throw cursor.unexpected()
}

function parenthesis(cursor: Cursor): Expression {
  cursor.lexer.advance()
  cursor.newlines()
  return cursor.enclosed(')', () => expression(cursor))
}

/** `$` binds tighter than all else: `$i++` steps the field. */
export function field(cursor: Cursor): Place {
  cursor.lexer.advance()
  const { type, text } = cursor.token
  const signs = type === 'operator' && ['!', '-', '+', '++', '--'].includes(text)
  return { type: 'field', index: signs ? operand(cursor) : primary(cursor) }
}

export function variable(cursor: Cursor): Place {
  const name = cursor.name()
  if (!cursor.accept('[')) return { type: 'variable', name }
  return { type: 'element', name, subscript: cursor.enclosed(']', () => expression(cursor)) }
}

function call(cursor: Cursor): Expression {
  const { line } = cursor.token
  const name = cursor.name()
  return { type: 'call', name, args: args(cursor), line }
}

function args(cursor: Cursor): readonly Expression[] {
  cursor.expect('(')
  cursor.newlines()
  if (cursor.accept(')')) return []
  return itemsOf(cursor.enclosed(')', () => expression(cursor)))
}

function builtin(cursor: Cursor): Expression {
  const { text: name, line } = cursor.token
  cursor.lexer.advance()
  if (name === 'length' && !cursor.is('(')) return { type: 'builtin', name, args: [] }
  const given = args(cursor)
  if (given.length < BUILTINS[name]!) throw new AwkProblem('Too few arguments', line)
  return { type: 'builtin', name, args: given }
}
