import { regularExpression } from '../../../text/regular-expression.ts'
import { toInt } from '../machine/number.ts'
import { input, isArray, toText } from '../machine/values.ts'
import { textOf } from '../machine/variables.ts'
import { AwkProblem } from '../problem.ts'
import { readField } from '../record/fields.ts'
import { splitText } from '../record/split.ts'
import type { Arguments, Builtins } from './arguments.ts'
import { formatValues } from './printf.ts'

export const STRINGS: Builtins = {
  length,
  substr,
  split,
  match,
  index: (args) => (args.text(1) === '' ? 0 : args.text(0).indexOf(args.text(1)) + 1),
  sprintf: (args) => formatValues(args.text(0), args.values.slice(1), args.format),
  toupper: (args) => args.text(0).replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  tolower: (args) => args.text(0).replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
}

function length({ awk, values, format }: Arguments): number {
  const value = values.length === 0 ? readField(awk, 0) : values[0]
  return isArray(value) ? awk.arrays.get(value.array)!.size : toText(value, format).length
}

/** Places count from 1; one before the text is its beginning. */
function substr(args: Arguments): string {
  const text = args.text(0)
  const from = Math.min(text.length, Math.max(0, toInt(args.number(1)) - 1))
  const count = args.count > 2 ? Math.max(0, toInt(args.number(2))) : text.length
  return text.slice(from, from + count)
}

function split(args: Arguments): number {
  const target = args.values[1]
  const array = isArray(target) ? args.awk.arrays.get(target.array)! : undefined
  if (!array) throw new AwkProblem('Not an array')
  const parts = splitText(args.text(0), args.count > 2 ? args.text(2) : textOf(args.awk, 'FS'))
  array.clear()
  for (const [index, part] of parts.entries()) array.set(String(index + 1), input(part))
  return parts.length
}

function match(args: Arguments): number {
  const found = regularExpression(args.text(1), { extended: true }).exec(args.text(0))
  args.awk.globals.set('RSTART', found ? found.index + 1 : 0)
  args.awk.globals.set('RLENGTH', found ? found[0].length : -1)
  return found ? found.index + 1 : 0
}
