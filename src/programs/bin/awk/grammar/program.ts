import { Cursor } from './cursor.ts'
import { expression } from './expression.ts'
import { SINGLE } from './precedence.ts'
import { block } from './statement.ts'
import type { Expression, Function, Rule, Source } from './tree.ts'

/** Reads a whole program. */
export function parse(source: string): Source {
  const cursor = new Cursor(source)
  const rules: Rule[] = []
  const functions: Function[] = []
  for (cursor.newlines(); cursor.token.type !== 'end'; endItem(cursor)) {
    if (cursor.is('function') || cursor.is('func')) functions.push(declaration(cursor))
    else rules.push(rule(cursor))
  }
  return { rules, functions }
}

/** At most one semicolon may end an item. */
function endItem(cursor: Cursor): void {
  cursor.newlines()
  cursor.accept(';')
  cursor.newlines()
}

function rule(cursor: Cursor): Rule {
  const { line } = cursor.token
  const on = cursor.accept('BEGIN') ? 'begin' : cursor.accept('END') ? 'end' : 'record'
  if (on !== 'record') return { on, from: undefined, to: undefined, body: block(cursor), line }
  const { from, to } = pattern(cursor)
  const ended = cursor.token.type === 'newline' || cursor.token.type === 'end' || cursor.is(';')
  return { on, from, to, body: from && ended ? undefined : block(cursor), line }
}

function pattern(cursor: Cursor): { from: Expression | undefined; to: Expression | undefined } {
  if (cursor.is('{')) return { from: undefined, to: undefined }
  const from = expression(cursor, SINGLE)
  if (!cursor.accept(',')) return { from, to: undefined }
  cursor.newlines()
  return { from, to: expression(cursor, SINGLE) }
}

function declaration(cursor: Cursor): Function {
  cursor.lexer.advance()
  const name = cursor.name()
  cursor.expect('(')
  const params = parameters(cursor)
  cursor.newlines()
  return { name, params, body: block(cursor) }
}

function parameters(cursor: Cursor): string[] {
  const params: string[] = []
  for (cursor.newlines(); !cursor.accept(')'); cursor.newlines()) {
    if (params.length > 0) cursor.expect(',')
    cursor.newlines()
    params.push(cursor.name())
  }
  return params
}
