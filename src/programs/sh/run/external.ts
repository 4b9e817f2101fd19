import { FileError } from '../../../storage/file-error.ts'
import { CallError } from '../../kernel/errno.ts'
import type { Loaded } from '../../kernel/load.ts'
import type { Wait } from '../../kernel/program.ts'
import { complain } from '../complain.ts'
import { job } from '../jobs.ts'
import type { Session } from '../session.ts'
import { environment } from '../variables.ts'
import { failureOf, raiseFailure, settle } from './exit.ts'
import { findCommand } from './find-command.ts'
import { waitFor } from './foreground.ts'
import { inherited, OWN_DESCRIPTORS } from './fork.ts'

/** A program to run, or the status of its absence, which has been complained of. */
export function loadCommand(session: Session, argv: readonly string[], path?: string): Loaded | number {
  const name = argv[0]!
  if (name === '') return refuse(session, name, 126, 127)
  const found = findCommand(session, name, path)
  if (typeof found === 'number') return refuse(session, name, found)
  try {
    return session.kernel.load(session.process, found, argv)
  } catch (error) {
    // Neither a binary nor a script with an interpreter: the shell reads it itself.
    if (error instanceof CallError && error.code === 'ENOEXEC')
      return { program: session.process.program, argv: [session.shell.applet, found, ...argv.slice(1)], path: found }
    if (!(error instanceof FileError)) throw error
    return refuse(session, name, error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 127 : 126)
  }
}

function refuse(session: Session, name: string, why: 126 | 127, status: number = why): number {
  complain(session, `${name}: ${why === 127 ? 'not found' : 'Permission denied'}`)
  return status
}

/** Runs a program in a child and waits for it. */
export function runExternal(session: Session, argv: readonly string[], path?: string): Wait | undefined {
  const { kernel, process, shell } = session
  const loaded = loadCommand(session, argv, path)
  if (typeof loaded === 'number') return settle(session, loaded)
  const controlled = shell.options.m === true
  try {
    const child = kernel.spawn(loaded.program, loaded.argv, process, {
      fds: inherited(process),
      env: environment(shell),
      path: loaded.path,
      ...(controlled ? { pgid: 0 } : {}),
    })
    return waitFor(session, job([child.pid], controlled ? argv.join(' ') : '', controlled))
  } catch (error) {
    return raiseFailure(session, failureOf(error))
  }
}

/** The program takes the place of the shell. */
export function replaceShell(session: Session, { program, argv, path }: Loaded): Wait {
  const { kernel, process, shell } = session
  process.fds = process.fds.map((file, fd) => {
    if (fd < OWN_DESCRIPTORS || !file) return file
    kernel.unref(file)
    return undefined
  })
  kernel.exec(process, program, argv, environment(shell), path)
  return { type: 'exec' }
}
