import { Failure } from '../failure.ts'
import { topmost } from '../run/stack.ts'
import { assign, put } from '../variables.ts'
import type { Builtin } from './builtin.ts'
import { split } from './export.ts'

export const local: Builtin = (session, argv) => {
  const { shell } = session
  const call = topmost(shell, 'call')
  if (!call) throw new Failure('not in a function')
  for (const operand of argv.slice(1)) {
    const [name, value] = split(operand)
    const known = shell.variables.get(name)
    if (!call.locals.has(name)) {
      call.locals.set(name, known)
      if (known && !known.readOnly) put(shell, name, { ...known, value: undefined })
    }
    if (value !== undefined) assign(shell, name, value)
  }
  return 0
}
