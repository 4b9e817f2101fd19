import { AwkProblem } from '../../problem.ts'
import { readField, writeField } from '../../record/fields.ts'
import type { Value } from '../code.ts'
import { toNumber } from '../values.ts'
import { copied, load, reference, store } from '../variables.ts'
import type { Rows } from './index.ts'

export const VARIABLES: Rows<'load' | 'store' | 'reference' | 'load-field' | 'store-field'> = {
  load({ data: awk }, { name, local }) {
    awk.stack.push(load(awk, name, local))
  },
  store({ data: awk }, { name, local }) {
    const value = copied(awk.stack.pop())
    store(awk, name, local, value)
    awk.stack.push(value)
  },
  reference({ data: awk }, { name, local }) {
    awk.stack.push(reference(awk, name, local))
  },
  'load-field'({ data: awk }) {
    awk.stack.push(readField(awk, fieldIndex(awk.stack.pop())))
  },
  'store-field'({ data: awk }) {
    const [index, value] = awk.stack.splice(-2)
    writeField(awk, fieldIndex(index), copied(value))
    awk.stack.push(copied(value))
  },
}

function fieldIndex(value: Value): number {
  const index = Math.trunc(toNumber(value)) || 0
  if (index < 0) throw new AwkProblem('Access to negative field')
  return index
}
