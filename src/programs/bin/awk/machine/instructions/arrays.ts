import type { Value } from '../code.ts'
import { keyOrder } from '../key-order.ts'
import type { Awk } from '../state.ts'
import { toText } from '../values.ts'
import { arrayOf, copied, textOf } from '../variables.ts'
import type { Rows } from './index.ts'

const keyText = (awk: Awk, value: Value) => toText(value, textOf(awk, 'CONVFMT'))

export const ARRAYS: Rows<'load-element' | 'store-element' | 'in' | 'delete' | 'subscript' | 'keys'> = {
  'load-element'({ data: awk }, { name, local }) {
    const key = keyText(awk, awk.stack.pop())
    const array = arrayOf(awk, name, local)
    if (!array.has(key)) array.set(key, undefined)
    awk.stack.push(array.get(key))
  },
  'store-element'({ data: awk }, { name, local }) {
    const [key, value] = awk.stack.splice(-2)
    arrayOf(awk, name, local).set(keyText(awk, key), copied(value))
    awk.stack.push(copied(value))
  },
  in({ data: awk }, { name, local }) {
    const key = keyText(awk, awk.stack.pop())
    awk.stack.push(arrayOf(awk, name, local).has(key) ? 1 : 0)
  },
  delete({ data: awk }, { name, local, all }) {
    const array = arrayOf(awk, name, local)
    if (all) array.clear()
    else array.delete(keyText(awk, awk.stack.pop()))
  },
  subscript({ data: awk }, { count }) {
    const parts = awk.stack.splice(-count).map((part) => keyText(awk, part))
    awk.stack.push(parts.join(textOf(awk, 'SUBSEP')))
  },
  keys({ data: awk }, { name, local }) {
    awk.iterations.push(keyOrder(arrayOf(awk, name, local).keys()).reverse())
  },
}
