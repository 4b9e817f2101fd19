import { exitShell } from '../run/exit.ts'
import { unwind } from '../run/stack.ts'
import type { Builtin } from './builtin.ts'
import { number } from './options.ts'

/** Ends a function or a sourced file; outside of both, the shell. */
export const returnBuiltin: Builtin = (session, argv) => {
  const { shell } = session
  const status = argv[1] === undefined ? shell.status : number(argv[1]) & 255
  const inside = shell.frames.some(({ type }) => type === 'call' || type === 'dot')
  if (!inside) return exitShell(session, status)
  unwind(session, ({ type }) => type === 'call' || type === 'dot')
  shell.status = status
  return undefined
}
