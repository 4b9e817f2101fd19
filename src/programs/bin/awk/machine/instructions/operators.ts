import { regularExpression } from '../../../../text/regular-expression.ts'
import { readField } from '../../record/fields.ts'
import type { Value } from '../code.ts'
import { binary, unary } from '../operators.ts'
import type { Awk } from '../state.ts'
import { isTrue, toText } from '../values.ts'
import { textOf } from '../variables.ts'
import type { Rows } from './index.ts'

export const OPERATORS: Rows<'binary' | 'unary' | 'truth' | 'match' | 'match-record'> = {
  binary({ data: awk }, { operator }) {
    const [a, b] = awk.stack.splice(-2)
    awk.stack.push(binary(operator, a, b, textOf(awk, 'CONVFMT')))
  },
  unary({ data: { stack } }, { operator }) {
    stack.push(unary(operator, stack.pop()))
  },
  truth({ data: { stack } }) {
    stack.push(isTrue(stack.pop()) ? 1 : 0)
  },
  match({ data: awk }, { negated }) {
    const [value, source] = awk.stack.splice(-2)
    awk.stack.push(matches(awk, value, toText(source, textOf(awk, 'CONVFMT'))) === negated ? 0 : 1)
  },
  'match-record'({ data: awk }, { source }) {
    awk.stack.push(matches(awk, readField(awk, 0), source) ? 1 : 0)
  },
}

const matches = (awk: Awk, value: Value, source: string): boolean =>
  regularExpression(source, { extended: true }).test(toText(value, textOf(awk, 'CONVFMT')))
