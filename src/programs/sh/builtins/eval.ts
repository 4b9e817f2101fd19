import { source } from '../run/source.ts'
import { push } from '../run/stack.ts'
import type { Builtin } from './builtin.ts'

export const evalText: Builtin = (session, argv) => {
  const { shell } = session
  const text = argv.slice(1).join(' ')
  shell.status = 0
  push(shell, source(text, shell.line))
  return undefined
}
