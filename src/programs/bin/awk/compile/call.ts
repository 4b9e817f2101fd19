import type { Expression } from '../grammar/tree.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'

export function compileCall(emitter: Emitter, { name, args, line }: Extract<Expression, { type: 'call' }>): void {
  for (const argument of args) compileArgument(emitter, argument)
  emitter.called.set(name, line)
  emitter.emit({ op: 'call', name, count: args.length })
}

/** A bare name may be an array: the function gets the variable itself. */
export function compileArgument(emitter: Emitter, tree: Expression): void {
  if (tree.type === 'variable') emitter.emit({ op: 'reference', ...emitter.variable(tree.name) })
  else compileExpression(emitter, tree)
}
