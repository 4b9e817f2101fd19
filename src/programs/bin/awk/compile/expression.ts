import { regularExpression } from '../../../text/regular-expression.ts'
import type { Expression } from '../grammar/tree.ts'
import { compileAssignment, compileStep } from './assignment.ts'
import { compileBuiltin } from './builtin.ts'
import { compileCall } from './call.ts'
import type { Emitter } from './emitter.ts'
import { compileGetline } from './getline.ts'
import { compileKey, loadPlace } from './place.ts'

type Rows = { readonly [T in Expression['type']]: (emitter: Emitter, tree: Extract<Expression, { type: T }>) => void }

const ROWS: Rows = {
  variable: loadPlace,
  element: compileLoad,
  field: compileLoad,
  number: (emitter, { value }) => emitter.emit({ op: 'push', value }),
  string: (emitter, { value }) => emitter.emit({ op: 'push', value }),
  regex: (emitter, { source }) => emitter.emit({ op: 'match-record', source: checkedRegex(source) }),
  unary(emitter, { operator, operand }) {
    compileExpression(emitter, operand)
    emitter.emit({ op: 'unary', operator })
  },
  step: compileStep,
  binary(emitter, { operator, left, right }) {
    compileExpression(emitter, left)
    compileExpression(emitter, right)
    emitter.emit({ op: 'binary', operator })
  },
  match(emitter, { negated, left, right }) {
    compileExpression(emitter, left)
    compilePattern(emitter, right)
    emitter.emit({ op: 'match', negated })
  },
  logical: compileLogical,
  in: compileMembership,
  conditional: compileConditional,
  assign: compileAssignment,
  list(emitter, { items }) {
    for (const item of items) compileExpression(emitter, item)
    emitter.emit({ op: 'subscript', count: items.length })
  },
  getline: compileGetline,
  call: compileCall,
  builtin: compileBuiltin,
}

/** Code that leaves the expression's value on the stack. */
export function compileExpression(emitter: Emitter, tree: Expression): void {
  ;(ROWS[tree.type] as (emitter: Emitter, tree: Expression) => void)(emitter, tree)
}

function compileLoad(emitter: Emitter, place: Extract<Expression, { type: 'element' | 'field' }>): void {
  compileKey(emitter, place)
  loadPlace(emitter, place)
}

/** Where a pattern is wanted, a regular expression stands for itself. */
export function compilePattern(emitter: Emitter, tree: Expression): void {
  if (tree.type === 'regex') emitter.emit({ op: 'push', value: checkedRegex(tree.source) })
  else compileExpression(emitter, tree)
}

/** Refuses one that makes no sense before anything runs. */
function checkedRegex(source: string): string {
  regularExpression(source, { extended: true })
  return source
}

function compileLogical(emitter: Emitter, { operator, left, right }: Extract<Expression, { type: 'logical' }>): void {
  compileExpression(emitter, left)
  emitter.emit({ op: 'truth' })
  emitter.emit({ op: 'duplicate' })
  const end = emitter.hole(operator === '||' ? 'jump-if' : 'jump-unless')
  emitter.emit({ op: 'pop' })
  compileExpression(emitter, right)
  emitter.emit({ op: 'truth' })
  emitter.fill(end)
}

function compileConditional(emitter: Emitter, { test, yes, no }: Extract<Expression, { type: 'conditional' }>): void {
  compileExpression(emitter, test)
  const otherwise = emitter.hole('jump-unless')
  compileExpression(emitter, yes)
  const end = emitter.hole('jump')
  emitter.fill(otherwise)
  compileExpression(emitter, no)
  emitter.fill(end)
}

/** In what is no array there is nothing. */
function compileMembership(emitter: Emitter, { subscript, array }: Extract<Expression, { type: 'in' }>): void {
  compileExpression(emitter, subscript)
  if (array.type === 'variable') emitter.emit({ op: 'in', ...emitter.variable(array.name) })
  else {
    emitter.emit({ op: 'pop' })
    compileExpression(emitter, array)
    emitter.emit({ op: 'pop' })
    emitter.emit({ op: 'push', value: 0 })
  }
}
