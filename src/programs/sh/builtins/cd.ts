import { FileError } from '../../../storage/file-error.ts'
import { strerror } from '../../kernel/errno.ts'
import { Failure } from '../failure.ts'
import type { Session } from '../session.ts'
import { declare, valueFor } from '../variables.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { print } from './output.ts'

export const cd: Builtin = (session, argv) => {
  const { shell } = session
  const { options, operands } = parseOptions(argv, 'LP')
  const [operand] = operands
  const target = operand === '-' ? valueFor(shell, 'OLDPWD') : (operand ?? valueFor(shell, 'HOME'))
  const found = operand === undefined || operand === '-' ? undefined : searchPath(session, operand)
  const directory = enter(session, found ?? (target || '.'), target, [...options.keys()].at(-1) === 'P')
  const old = valueFor(shell, 'PWD')
  shell.directory = directory
  if (old !== undefined) declare(shell, 'OLDPWD', { value: old, exported: true })
  declare(shell, 'PWD', { value: directory, exported: true })
  if (operand === '-' || found !== undefined) print(session, `${directory}\n`)
  return 0
}

/** Goes there and gives the new directory: by the names that led there, or (`-P`) by those without symlinks. */
function enter(session: Session, path: string, named: string | undefined, physical: boolean): string {
  const { kernel, process, shell } = session
  const logical = normalize(path.startsWith('/') ? path : `${shell.directory}/${path}`)
  try {
    kernel.chdir(process, physical ? path : logical)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new Failure(`can't cd to ${named}: ${strerror(error.code)}`)
  }
  return physical ? kernel.namespace.pathOf(process.cwd) : logical
}

/** Without `.` and `..`: the latter goes back by the name, not by the file system. */
function normalize(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
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
