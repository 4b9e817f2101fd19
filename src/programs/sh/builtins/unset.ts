import { Failure } from '../failure.ts'
import { isName } from '../read/tokens.ts'
import { unset } from '../variables.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'

export const unsetBuiltin: Builtin = ({ shell }, argv) => {
  const { options, operands } = parseOptions(argv, 'vf')
  for (const name of operands) {
    if (options.has('f')) {
      shell.functions.delete(name)
      continue
    }
    if (!isName(name)) throw new Failure(`${name}: bad variable name`)
    const known = shell.variables.has(name)
    unset(shell, name)
    if (!known && !options.has('v')) shell.functions.delete(name)
  }
  return 0
}
