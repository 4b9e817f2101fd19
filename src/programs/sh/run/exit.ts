import { FileError } from '../../../storage/file-error.ts'
import { CallError, strerror } from '../../kernel/errno.ts'
import { exit, type Wait } from '../../kernel/program.ts'
import { complain } from '../complain.ts'
import { Failure } from '../failure.ts'
import type { Session } from '../session.ts'
import { source } from './source.ts'
import { isTested, push, topmost, unwind } from './stack.ts'

/** Ends the shell, its EXIT trap first. */
export function exitShell(session: Session, status: number): Wait | undefined {
  const { shell } = session
  shell.status = status & 255
  unwind(session, () => false)
  const action = shell.traps.get('EXIT')
  if (!action || shell.exiting) {
    shell.exiting = true
    return exit(shell.status)
  }
  shell.exiting = true
  shell.traps.delete('EXIT')
  push(shell, { type: 'exit', status: shell.status })
  push(shell, source(action, shell.line))
  return undefined
}

/** The status of a command that `set -e` looks at. */
export function settle(session: Session, status: number): Wait | undefined {
  const { shell } = session
  shell.status = status
  if (status === 0 || !shell.options.e || isTested(shell)) return undefined
  return exitShell(session, status)
}

/** An error that ends a script; a shell that talks to a user goes back to its prompt. */
export function raiseFailure(session: Session, failure: Failure): Wait | undefined {
  complain(session, failure.words)
  return abandon(session, failure.status)
}

export function abandon(session: Session, status: number): Wait | undefined {
  const { shell } = session
  if (!shell.interactive || !topmost(shell, 'input')) return exitShell(session, status)
  unwind(session, (frame) => frame.type === 'input')
  shell.status = status
  return undefined
}

/** Refusals of the machine and of the shell, as failures; anything else is a fault of our own and goes on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof FileError)
    return new Failure(error.path ? `${error.path}: ${strerror(error.code)}` : strerror(error.code))
  if (error instanceof CallError)
    return new Failure(error.code === 'EAGAIN' ? "can't fork: Resource temporarily unavailable" : strerror(error.code))
  throw error
}
