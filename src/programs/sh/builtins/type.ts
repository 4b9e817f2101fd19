import type { Builtin } from './builtin.ts'
import { describeCommand } from './describe-command.ts'

export const type: Builtin = (session, argv) => {
  let status = 0
  for (const name of argv.slice(1)) status = describeCommand(session, name, 'verbose') || status
  return status
}
