import { exitShell } from '../run/exit.ts'
import { loadCommand, replaceShell } from '../run/external.ts'
import type { Builtin } from './builtin.ts'

/** Redirections of `exec` stay: the simple command sees to that. */
export const exec: Builtin = (session, argv) => {
  if (argv.length === 1) return 0
  const loaded = loadCommand(session, argv.slice(1))
  if (typeof loaded === 'number') return exitShell(session, loaded)
  return replaceShell(session, loaded)
}
