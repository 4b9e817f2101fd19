import type { Cursor } from './cursor.ts'
import { expression } from './expression.ts'
import { body, condition } from './statement.ts'
import type { Expression, Statement } from './tree.ts'

export function whileLoop(cursor: Cursor): Statement {
  const { line } = cursor.token
  cursor.expect('while')
  return { type: 'while', test: condition(cursor), body: body(cursor), line }
}

export function doLoop(cursor: Cursor): Statement {
  const { line } = cursor.token
  cursor.expect('do')
  const looped = body(cursor)
  cursor.newlines()
  cursor.expect('while')
  return { type: 'do', body: looped, test: condition(cursor), line }
}

export function forLoop(cursor: Cursor): Statement {
  const { line } = cursor.token
  cursor.expect('for')
  cursor.expect('(')
  const start = cursor.is(';') ? undefined : expression(cursor)
  if (isOverArray(start) && cursor.accept(')'))
    return { type: 'for-in', name: start.subscript.name, array: start.array.name, body: body(cursor), line }
  cursor.expect(';')
  const test = part(cursor, ';')
  const step = part(cursor, ')')
  return { type: 'for', start, test, step, body: body(cursor), line }
}

function part(cursor: Cursor, end: string): Expression | undefined {
  cursor.newlines()
  const made = cursor.is(end) ? undefined : expression(cursor)
  cursor.expect(end)
  return made
}

type Variable = Extract<Expression, { type: 'variable' }>

/** `key in array` */
const isOverArray = (
  tree: Expression | undefined,
): tree is { readonly type: 'in'; readonly subscript: Variable; readonly array: Variable } =>
  tree?.type === 'in' && tree.subscript.type === 'variable' && tree.array.type === 'variable'
