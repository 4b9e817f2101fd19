import { complain } from '../complain.ts'
import { failureOf } from '../run/exit.ts'
import { runExternal } from '../run/external.ts'
import { isSpecialBuiltin } from '../special.ts'
import type { Builtin } from './builtin.ts'
import { describeCommand } from './describe-command.ts'
import { isBuiltin, startBuiltin } from './index.ts'
import { parseOptions } from './options.ts'

export const command: Builtin = (session, argv) => {
  const { options, operands } = parseOptions(argv, 'pvV')
  if (options.has('v') || options.has('V')) {
    const [name] = operands
    return name === undefined ? 0 : describeCommand(session, name, options.has('V') ? 'verbose' : 'brief')
  }
  const [name] = operands
  if (name === undefined) return 0
  if (!isBuiltin(name)) {
    // Not found is the shell's word, not `command`'s.
    session.shell.commandName = undefined
    return runExternal(session, operands, options.has('p') ? DEFAULT : undefined)
  }
  // Through `command`, an error of a special built-in does not end the script.
  if (isSpecialBuiltin(name)) return startBuiltin(session, operands)
  try {
    return startBuiltin(session, operands)
  } catch (error) {
    complain(session, failureOf(error).words)
    return 2
  }
}

const DEFAULT = '/usr/sbin:/usr/bin:/sbin:/bin'
