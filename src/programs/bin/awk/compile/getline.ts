import type { Expression } from '../grammar/tree.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'
import { compileKey, RECORD, storePresent } from './place.ts'

/** Leaves 1, 0 at the end, or -1; the record goes to the place, or becomes the current one. */
export function compileGetline(
  emitter: Emitter,
  { from, source, place = RECORD }: Extract<Expression, { type: 'getline' }>,
): void {
  compileKey(emitter, place)
  if (source) compileExpression(emitter, source)
  emitter.emit({ op: 'getline', from })
  storePresent(emitter, place)
}
