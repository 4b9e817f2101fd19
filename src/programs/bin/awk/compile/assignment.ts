import type { Expression } from '../grammar/tree.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'
import { compileKey, isKeyed, loadPlace, storePlace } from './place.ts'

export function compileAssignment(
  emitter: Emitter,
  { operator, place, value }: Extract<Expression, { type: 'assign' }>,
): void {
  compileKey(emitter, place)
  if (operator !== '') {
    if (isKeyed(place)) emitter.emit({ op: 'duplicate' })
    loadPlace(emitter, place)
  }
  compileExpression(emitter, value)
  if (operator !== '') emitter.emit({ op: 'binary', operator })
  storePlace(emitter, place)
}

/** `++x` and `x++` */
export function compileStep(emitter: Emitter, { by, prefix, place }: Extract<Expression, { type: 'step' }>): void {
  compileKey(emitter, place)
  if (isKeyed(place)) emitter.emit({ op: 'duplicate' })
  loadPlace(emitter, place)
  emitter.emit({ op: 'unary', operator: '+' })
  if (!prefix) {
    // The old value waits below the key.
    emitter.emit({ op: 'duplicate' })
    if (isKeyed(place)) emitter.emit({ op: 'rotate' })
  }
  emitter.emit({ op: 'push', value: by })
  emitter.emit({ op: 'binary', operator: '+' })
  storePlace(emitter, place)
  if (!prefix) emitter.emit({ op: 'pop' })
}
