import { sayError } from '../complain.ts'
import { exitShell } from '../run/exit.ts'
import { topmost } from '../run/stack.ts'
import type { Builtin } from './builtin.ts'
import { number } from './options.ts'

export const exitBuiltin: Builtin = (session, argv) => {
  const { shell } = session
  const status = argv[1] === undefined ? (topmost(shell, 'trap')?.status ?? shell.status) : number(argv[1])
  if (shell.interactive && !shell.warned && shell.jobs.some(({ stopped }) => stopped)) {
    shell.warned = true
    sayError(session, 'You have stopped jobs.\n')
    return 0
  }
  // In an EXIT trap the status before it counts, unless another one is said.
  const last = topmost(shell, 'exit')
  return exitShell(session, argv[1] === undefined && last ? last.status : status)
}
