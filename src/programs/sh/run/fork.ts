import type { OpenFile } from '../../kernel/open-file.ts'
import type { Process } from '../../kernel/process.ts'
import type { Wait } from '../../kernel/program.ts'
import type { Frame } from '../frames.ts'
import { job } from '../jobs.ts'
import type { Session } from '../session.ts'
import { subshell } from '../shell.ts'
import type { List } from '../tree.ts'
import { failureOf, raiseFailure } from './exit.ts'
import { waitFor } from './foreground.ts'
import { isLast, isTested, push } from './stack.ts'

/** Descriptors from here on are the shell's own. */
export const OWN_DESCRIPTORS = 100

export interface Fork {
  readonly fds?: readonly (OpenFile | undefined)[]
  readonly pgid?: number
  readonly tested?: boolean
  /** False: `set -e` does not reach into it. */
  readonly errexit?: boolean
  readonly ignored?: ReadonlySet<number>
}

/** A copy of the shell that executes `frames`. Throws EAGAIN. */
export function forkShell({ kernel, process, shell }: Session, frames: Frame[], fork: Fork = {}): Process {
  const copy = subshell(shell, frames, fork.tested ?? isTested(shell))
  if (fork.errexit === false) copy.options.e = false
  return kernel.spawn(process.program, process.argv, process, {
    frame: copy,
    fds: fork.fds ?? inherited(process),
    ...(fork.pgid === undefined ? {} : { pgid: fork.pgid }),
    ...(fork.ignored ? { ignored: fork.ignored } : {}),
  })
}

/** What a child gets of the shell's descriptors. */
export const inherited = ({ fds }: Process): (OpenFile | undefined)[] => fds.slice(0, OWN_DESCRIPTORS)

/** Descriptors of process substitutions begin here. */
export const SUBSTITUTIONS = 60

/** `( … )`: in a child, unless nothing comes after it. */
export function startSubshell(session: Session, body: List): Wait | undefined {
  const { shell, process } = session
  if (shell.subshell && isLast(shell)) {
    shell.traps = new Map([...shell.traps].filter(([, action]) => action === ''))
    push(shell, { type: 'list', list: body, next: 0 })
    return undefined
  }
  try {
    const controlled = shell.options.m === true
    const child = forkShell(session, [{ type: 'list', list: body, next: 0 }], controlled ? { pgid: 0 } : {})
    return waitFor(session, job([child.pid], '', controlled && process.tty !== undefined))
  } catch (error) {
    return raiseFailure(session, failureOf(error))
  }
}
