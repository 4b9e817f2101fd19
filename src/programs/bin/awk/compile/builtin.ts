import { isPlace } from '../grammar/expression.ts'
import type { Expression } from '../grammar/tree.ts'
import { compileArgument } from './call.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression, compilePattern } from './expression.ts'
import { compileKey, isKeyed, loadPlace, RECORD, storePresent } from './place.ts'

/** Which argument of a built-in is a regular expression. */
const PATTERN: Readonly<Record<string, number>> = { sub: 0, gsub: 0, gensub: 0, match: 1, split: 2 }
/** Which one is an array. */
const ARRAY: Readonly<Record<string, number>> = { split: 1 }

type Builtin = Extract<Expression, { type: 'builtin' }>

export function compileBuiltin(emitter: Emitter, tree: Builtin): void {
  if (tree.name === 'sub' || tree.name === 'gsub') return compileSubstitution(emitter, tree)
  for (const [index, argument] of tree.args.entries()) compileBuiltinArgument(emitter, tree.name, index, argument)
  emitter.emit({ op: 'builtin', name: tree.name, count: tree.args.length })
}

function compileBuiltinArgument(emitter: Emitter, name: string, index: number, tree: Expression): void {
  if (ARRAY[name] === index) compileArgument(emitter, tree)
  // One blank as a string means white space; as a regular expression it is a blank.
  else if (name === 'split' && tree.type === 'regex' && tree.source === ' ') emitter.emit({ op: 'push', value: '[ ]' })
  else if (PATTERN[name] === index) compilePattern(emitter, tree)
  else compileExpression(emitter, tree)
}

/** `sub` and `gsub` leave the new text and the number of replacements; the text goes back to where it came from. */
function compileSubstitution(emitter: Emitter, { name, args: [pattern, by, target = RECORD] }: Builtin): void {
  if (isPlace(target)) compileKey(emitter, target)
  compilePattern(emitter, pattern!)
  compileExpression(emitter, by!)
  if (!isPlace(target)) compileExpression(emitter, target)
  else if (isKeyed(target)) {
    emitter.emit({ op: 'reach', depth: 2 })
    loadPlace(emitter, target)
  } else loadPlace(emitter, target)
  emitter.emit({ op: 'builtin', name, count: 3 })
  if (isPlace(target)) return storePresent(emitter, target)
  emitter.emit({ op: 'swap' })
  emitter.emit({ op: 'pop' })
}
