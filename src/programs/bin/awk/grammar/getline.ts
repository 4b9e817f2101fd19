import type { Cursor } from './cursor.ts'
import { fileOf } from './expression.ts'
import { field, variable } from './operand.ts'
import type { Expression, Place } from './tree.ts'

/** What follows the word `getline`: perhaps where the record goes, perhaps the file it comes from. */
export function getlineOf(cursor: Cursor, from: 'main' | 'command', source: Expression | undefined): Expression {
  const place = placeOf(cursor)
  if (from === 'command' || !cursor.accept('<')) return { type: 'getline', from, source, place }
  return { type: 'getline', from: 'file', source: fileOf(cursor), place }
}

function placeOf(cursor: Cursor): Place | undefined {
  if (cursor.token.type === 'name') return variable(cursor)
  return cursor.is('$') ? field(cursor) : undefined
}
