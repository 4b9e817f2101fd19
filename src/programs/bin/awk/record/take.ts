import { regularExpression } from '../../../text/regular-expression.ts'
import type { Awk, Reader } from '../machine/state.ts'
import { toNumber } from '../machine/values.ts'
import { textOf } from '../machine/variables.ts'

/** Where a record ends and the next one begins. */
interface Boundary {
  readonly from: number
  readonly to: number
}

/** The next record of what was read; undefined: more must be read first, or nothing is left. */
export function takeRecord(awk: Awk, reader: Reader): string | undefined {
  const separator = textOf(awk, 'RS')
  if (separator === '') reader.buffer = reader.buffer.replace(/^\n+/, '')
  const found = boundary(reader, separator)
  if (!found && (!reader.ended || reader.buffer === '')) return undefined
  const { from, to } = found ?? { from: reader.buffer.length, to: reader.buffer.length }
  const record = reader.buffer.slice(0, from)
  awk.globals.set('RT', reader.buffer.slice(from, to))
  reader.buffer = reader.buffer.slice(to)
  return beforeNul(record)
}

/** Text ends at a NUL, as in C. */
function beforeNul(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

function boundary(reader: Reader, separator: string): Boundary | undefined {
  if (separator === '') return matched(reader, '\n\n+')
  if (separator.length > 1) return matched(reader, separator)
  const from = reader.buffer.indexOf(separator)
  return from < 0 ? undefined : { from, to: from + 1 }
}

function matched({ buffer, ended }: Reader, separator: string): Boundary | undefined {
  const found = regularExpression(separator, { extended: true, global: true }).exec(buffer)
  // At the very end, more input could make it longer.
  if (!found || found[0] === '' || (!ended && found.index + found[0].length === buffer.length)) return undefined
  return { from: found.index, to: found.index + found[0].length }
}

/** One more record of the main input. */
export function countRecord(awk: Awk): void {
  for (const name of ['NR', 'FNR']) awk.globals.set(name, toNumber(awk.globals.get(name)) + 1)
}
