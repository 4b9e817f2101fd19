import type { Place } from '../grammar/tree.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'

/** The record. */
export const RECORD: Place = { type: 'field', index: { type: 'number', value: 0 } }

/** Whether something on the stack says which one is meant: a subscript, or the number of a field. */
export const isKeyed = ({ type }: Place): boolean => type !== 'variable'

export function compileKey(emitter: Emitter, place: Place): void {
  if (place.type === 'element') compileSubscript(emitter, place)
  else if (place.type === 'field') compileExpression(emitter, place.index)
}

const compileSubscript = (emitter: Emitter, { subscript }: Extract<Place, { type: 'element' }>) =>
  compileExpression(emitter, subscript)

/** Takes the key, gives the value. */
export function loadPlace(emitter: Emitter, place: Place): void {
  if (place.type === 'field') emitter.emit({ op: 'load-field' })
  else emitter.emit({ op: place.type === 'element' ? 'load-element' : 'load', ...emitter.variable(place.name) })
}

/** Takes the key and the value, gives the value. */
export function storePlace(emitter: Emitter, place: Place): void {
  if (place.type === 'field') emitter.emit({ op: 'store-field' })
  else emitter.emit({ op: place.type === 'element' ? 'store-element' : 'store', ...emitter.variable(place.name) })
}

/** On the stack: the key, a value that may be missing, a status. The value is stored if it is there; the status is left. */
export function storePresent(emitter: Emitter, place: Place): void {
  emitter.emit({ op: isKeyed(place) ? 'rotate' : 'swap' })
  const missing = emitter.hole('jump-missing')
  storePlace(emitter, place)
  emitter.emit({ op: 'pop' })
  const end = emitter.hole('jump')
  emitter.fill(missing)
  emitter.emit({ op: 'pop' })
  if (isKeyed(place)) {
    // To ask for an element makes it.
    loadPlace(emitter, place)
    emitter.emit({ op: 'pop' })
  }
  emitter.fill(end)
}
