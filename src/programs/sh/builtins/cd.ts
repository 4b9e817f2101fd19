import { FileError } from '../../../storage/file-error.ts'
import { strerror } from '../../kernel/errno.ts'
import { Failure } from '../failure.ts'
import type { Session } from '../session.ts'
import { assign, declare, valueFor } from '../variables.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { print } from './output.ts'

export const cd: Builtin = (session, argv) => {
  const { kernel, process, shell } = session
  const { operands } = parseOptions(argv, 'LP')
  const [operand] = operands
  const target = operand === '-' ? valueFor(shell, 'OLDPWD') : (operand ?? valueFor(shell, 'HOME'))
  let path = target === undefined || target === '' ? '.' : target
  const found = operand === undefined || operand === '-' ? undefined : searchPath(session, path)
  if (found !== undefined) path = found
  try {
    kernel.chdir(process, path)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new Failure(`can't cd to ${target}: ${strerror(error.code)}`)
  }
  const directory = kernel.namespace.pathOf(process.cwd)
  const old = valueFor(shell, 'PWD')
  if (old !== undefined) declare(shell, 'OLDPWD', { value: old, exported: true })
  declare(shell, 'PWD', { exported: true })
  assign(shell, 'PWD', directory)
  if (operand === '-' || found !== undefined) print(session, `${directory}\n`)
  return 0
}

/** Where CDPATH finds a relative directory, if not where we are. */
function searchPath({ kernel, process, shell }: Session, path: string): string | undefined {
  const places = valueFor(shell, 'CDPATH')
  if (!places || /^\.{0,2}(\/|$)/.test(path)) return undefined
  for (const place of places.split(':')) {
    const candidate = place === '' ? path : `${place}/${path}`
    try {
      if ((kernel.stat(process, candidate).mode & 0o170000) === 0o040000) return place === '' ? undefined : candidate
    } catch {
      // Not here.
    }
  }
  return undefined
}
