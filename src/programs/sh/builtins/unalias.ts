import { sayError } from '../complain.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'

export const unalias: Builtin = (session, argv) => {
  const { aliases } = session.shell
  const { options, operands } = parseOptions(argv, 'a')
  if (options.has('a')) {
    aliases.clear()
    return 0
  }
  let status = 0
  for (const name of operands) {
    if (aliases.delete(name)) continue
    sayError(session, `unalias: ${name} not found\n`)
    status = 1
  }
  return status
}
