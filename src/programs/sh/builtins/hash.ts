import { complain } from '../complain.ts'
import { Failure } from '../failure.ts'
import { findCommand } from '../run/find-command.ts'
import type { Builtin } from './builtin.ts'
import { isBuiltin } from './index.ts'
import { parseOptions } from './options.ts'

/** Nothing is remembered here, but what cannot be found is still an error. */
export const hash: Builtin = (session, argv) => {
  const { operands } = parseOptions(argv, 'r')
  let status = 0
  for (const name of operands) {
    if (isBuiltin(name) || typeof findCommand(session, name) === 'string') continue
    complain(session, new Failure(`${name}: not found`).words)
    status = 1
  }
  return status
}
