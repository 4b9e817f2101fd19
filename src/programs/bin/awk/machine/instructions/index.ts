import type { Call } from '../../../call.ts'
import type { Instruction } from '../code.ts'
import type { Awk } from '../state.ts'
import { ARRAYS } from './arrays.ts'
import { CONTROL } from './control.ts'
import { OPERATORS } from './operators.ts'
import { OUTWARD } from './outward.ts'
import { STACK } from './stack.ts'
import { VARIABLES } from './variables.ts'

/** What an instruction does; false: it waits, and comes again. */
type Row<Op extends Instruction['op']> = (
  call: Call<Awk>,
  instruction: Extract<Instruction, { op: Op }>,
) => boolean | undefined | void

/** The meanings of some of the instructions. */
export type Rows<Op extends Instruction['op']> = { readonly [O in Op]: Row<O> }

const ROWS: Rows<Instruction['op']> = { ...STACK, ...VARIABLES, ...ARRAYS, ...OPERATORS, ...CONTROL, ...OUTWARD }

/** One instruction; false: the machine's step ends. */
export function step(call: Call<Awk>, instruction: Instruction): boolean {
  const awk = call.data
  awk.pc++
  const going = (ROWS[instruction.op] as Row<Instruction['op']>)(call, instruction as never)
  if (going === false) awk.pc--
  return going !== false
}
