import { callBuiltin } from '../../builtins/index.ts'
import { formatValues } from '../../builtins/printf.ts'
import type { Redirect } from '../../grammar/tree.ts'
import { getline } from '../getline.ts'
import { write } from '../output.ts'
import type { Awk } from '../state.ts'
import { toText } from '../values.ts'
import { textOf } from '../variables.ts'
import type { Rows } from './index.ts'

/** What leaves the expression: output, built-ins, input. */
export const OUTWARD: Rows<'print' | 'printf' | 'builtin' | 'getline'> = {
  print(call, { count, to }) {
    const { data: awk } = call
    const target = targetOf(awk, to)
    const format = textOf(awk, 'OFMT')
    const values = awk.stack.splice(awk.stack.length - count).map((value) => toText(value, format))
    write(call, to, target, values.join(textOf(awk, 'OFS')) + textOf(awk, 'ORS'))
  },
  printf(call, { count, to }) {
    const { data: awk } = call
    const target = targetOf(awk, to)
    const [format, ...values] = awk.stack.splice(awk.stack.length - count)
    const convfmt = textOf(awk, 'CONVFMT')
    write(call, to, target, formatValues(toText(format, convfmt), values, convfmt))
  },
  builtin(call, { name, count }) {
    const { stack } = call.data
    const results = callBuiltin(call, name, stack.slice(stack.length - count))
    if (!results) return false
    stack.splice(stack.length - count, count, ...results)
    return true
  },
  getline: (call, { from }) => getline(call, from),
}

const targetOf = (awk: Awk, to: Redirect) => (to === '' ? '' : toText(awk.stack.pop(), '%.6g'))
