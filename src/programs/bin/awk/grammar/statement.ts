import type { Cursor } from './cursor.ts'
import { expression, itemsOf } from './expression.ts'
import { doLoop, forLoop, whileLoop } from './loop.ts'
import type { Redirect, Statement } from './tree.ts'

export function block(cursor: Cursor): Statement {
  const { line } = cursor.token
  cursor.expect('{')
  const body: Statement[] = []
  for (separators(cursor); !cursor.is('}'); separators(cursor)) {
    if (cursor.token.type === 'end') throw cursor.unexpected()
    body.push(statement(cursor))
  }
  cursor.expect('}')
  return { type: 'block', body, line }
}

function separators(cursor: Cursor): void {
  while (cursor.token.type === 'newline' || cursor.is(';')) cursor.lexer.advance()
}

/** The body of a condition or loop: a statement, perhaps on the next line, perhaps an empty one. */
export function body(cursor: Cursor): Statement {
  cursor.newlines()
  const { line } = cursor.token
  return cursor.accept(';') ? { type: 'block', body: [], line } : statement(cursor)
}

/** What stands in the parentheses of `if` and `while`. */
export function condition(cursor: Cursor) {
  cursor.expect('(')
  cursor.newlines()
  return cursor.enclosed(')', () => expression(cursor))
}

function statement(cursor: Cursor): Statement {
  return cursor.nested(() => compound(cursor) ?? terminated(cursor))
}

function compound(cursor: Cursor): Statement | undefined {
  if (cursor.is('{')) return block(cursor)
  if (cursor.token.type !== 'keyword') return undefined
  switch (cursor.token.text) {
    case 'if':
      return ifElse(cursor)
    case 'while':
      return whileLoop(cursor)
    case 'do':
      return doLoop(cursor)
    case 'for':
      return forLoop(cursor)
  }
  return undefined
}

function terminated(cursor: Cursor): Statement {
  const made = simple(cursor)
  if (!cursor.is('}') && !cursor.accept(';') && cursor.token.type !== 'newline') throw cursor.unexpected()
  return made
}

function ifElse(cursor: Cursor): Statement {
  const { line } = cursor.token
  cursor.expect('if')
  const test = condition(cursor)
  const yes = body(cursor)
  const back = cursor.lexer.mark()
  cursor.newlines()
  if (cursor.accept('else')) return { type: 'if', test, yes, no: body(cursor), line }
  back()
  return { type: 'if', test, yes, no: undefined, line }
}

function simple(cursor: Cursor): Statement {
  const { line, type, text } = cursor.token
  if (type !== 'keyword' || text === 'getline') return { type: 'expression', expression: expression(cursor), line }
  cursor.lexer.advance()
  switch (text) {
    case 'print':
    case 'printf':
      return print(cursor, text, line)
    case 'next':
    case 'nextfile':
    case 'break':
    case 'continue':
      return { type: text, line }
    case 'exit':
    case 'return':
      return { type: text, value: cursor.endsStatement() ? undefined : expression(cursor), line }
    case 'delete':
      return deletion(cursor, line)
  }
  throw cursor.unexpected()
}

function print(cursor: Cursor, type: 'print' | 'printf', line: number): Statement {
  cursor.printing = true
  const begun = !cursor.endsStatement() && !cursor.is('>') && !cursor.is('>>') && !cursor.is('|')
  const args = begun ? itemsOf(expression(cursor)) : []
  cursor.printing = false
  const to: Redirect = cursor.lexer.redirection() ?? ''
  const target = to === '' || cursor.endsStatement() ? undefined : expression(cursor)
  return { type, args, to, target, line }
}

function deletion(cursor: Cursor, line: number): Statement {
  const name = cursor.name()
  const subscript = cursor.accept('[') ? cursor.enclosed(']', () => expression(cursor)) : undefined
  return { type: 'delete', name, subscript, line }
}
