import { FileError } from '../../../storage/file-error.ts'
import { strerror } from '../../kernel/errno.ts'
import { decode } from '../../text/codec.ts'
import { Failure } from '../failure.ts'
import { source } from '../run/source.ts'
import { push } from '../run/stack.ts'
import type { Session } from '../session.ts'
import { valueFor } from '../variables.ts'
import type { Builtin } from './builtin.ts'

/** `.` and `source` */
export const dot: Builtin = (session, argv) => {
  const { shell } = session
  const [, name, ...args] = argv
  if (name === undefined) return 2
  const path = name.includes('/') ? name : searchPath(session, name)
  if (path === undefined) throw new Failure(`${name}: not found`)
  const text = read(session, path)
  push(shell, { type: 'dot', args: shell.args, commandName: shell.commandName })
  if (args.length > 0) shell.args = args
  shell.commandName = path
  shell.status = 0
  push(shell, source(text, 1, { echoes: true }))
  return undefined
}

function searchPath({ kernel, process, shell }: Session, name: string): string | undefined {
  const candidates = (valueFor(shell, 'PATH') ?? '')
    .split(':')
    .map((place) => (place === '' ? name : `${place}/${name}`))
  return candidates.find((path) => {
    try {
      return (kernel.stat(process, path).mode & 0o170000) === 0o100000
    } catch {
      return false
    }
  })
}

function read({ kernel, process }: Session, path: string): string {
  try {
    return decode(kernel.namespace.readFile(kernel.caller(process), path, { cwd: process.cwd }))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new Failure(`can't open '${path}': ${strerror(error.code)}`)
  }
}
