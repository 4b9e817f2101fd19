import { calculateText } from '../expand/arithmetic.ts'
import { Failure } from '../failure.ts'
import type { Builtin } from './builtin.ts'

export const letBuiltin: Builtin = (session, argv) => {
  if (argv.length === 1) throw new Failure('expression expected')
  let value = 0n
  for (const expression of argv.slice(1)) value = calculateText(session.shell, expression)
  return value === 0n ? 1 : 0
}
