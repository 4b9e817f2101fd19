import type { Statement } from '../grammar/tree.ts'
import { AwkProblem } from '../problem.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'
import { compileDo, compileFor, compileForIn, compileWhile } from './loop.ts'

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>
type Rows = { readonly [T in Statement['type']]: (emitter: Emitter, tree: Of<T>) => void }

const ROWS: Rows = {
  expression(emitter, { expression }) {
    compileExpression(emitter, expression)
    emitter.emit({ op: 'pop' })
  },
  block(emitter, { body }) {
    for (const statement of body) compileStatement(emitter, statement)
  },
  if: compileIf,
  while: compileWhile,
  do: compileDo,
  for: compileFor,
  'for-in': compileForIn,
  print: compilePrint,
  printf: compilePrint,
  next: (emitter) => emitter.emit({ op: 'next' }),
  nextfile: (emitter) => emitter.emit({ op: 'nextfile' }),
  break: compileJump,
  continue: compileJump,
  exit: compileLeave,
  return: compileLeave,
  delete: compileDelete,
}

export function compileStatement(emitter: Emitter, tree: Statement): void {
  emitter.at(tree.line)
  ;(ROWS[tree.type] as (emitter: Emitter, tree: Statement) => void)(emitter, tree)
}

function compileIf(emitter: Emitter, { test, yes, no }: Of<'if'>): void {
  compileExpression(emitter, test)
  const otherwise = emitter.hole('jump-unless')
  compileStatement(emitter, yes)
  if (!no) return emitter.fill(otherwise)
  const end = emitter.hole('jump')
  emitter.fill(otherwise)
  compileStatement(emitter, no)
  emitter.fill(end)
}

/** Without arguments the record is printed. */
function compilePrint(emitter: Emitter, { type, args, to, target }: Of<'print' | 'printf'>): void {
  for (const argument of args) compileExpression(emitter, argument)
  const record = type === 'print' && args.length === 0
  if (record) {
    emitter.emit({ op: 'push', value: 0 })
    emitter.emit({ op: 'load-field' })
  }
  if (target) compileExpression(emitter, target)
  else if (to !== '') emitter.emit({ op: 'push', value: '' })
  emitter.emit({ op: type, count: record ? 1 : args.length, to })
}

function compileJump(emitter: Emitter, { type, line }: Of<'break' | 'continue'>): void {
  const loop = emitter.loops.at(-1)
  if (!loop) throw new AwkProblem(`'${type}' not in a loop`, line)
  loop[type === 'break' ? 'breaks' : 'continues'].push(emitter.hole('jump'))
}

function compileLeave(emitter: Emitter, { type, value }: Of<'exit' | 'return'>): void {
  if (value) compileExpression(emitter, value)
  else emitter.emit({ op: 'push', value: undefined })
  emitter.emit({ op: type })
}

function compileDelete(emitter: Emitter, { name, subscript }: Of<'delete'>): void {
  if (subscript) compileExpression(emitter, subscript)
  emitter.emit({ op: 'delete', ...emitter.variable(name), all: !subscript })
}
