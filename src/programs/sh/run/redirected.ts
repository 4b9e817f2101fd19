import type { Wait } from '../../kernel/program.ts'
import { complain } from '../complain.ts'
import type { RedirectedFrame, RestoreFrame } from '../frames.ts'
import type { Session } from '../session.ts'
import { attempt } from './attempt.ts'
import { enter } from './enter.ts'
import { failureOf, raiseFailure, settle } from './exit.ts'
import { RedirectionError, redirect, type Saved, targetsOf } from './redirect.ts'
import { pop, push, putBack } from './stack.ts'

/** `{ …; } > file` and the like: the shell's own descriptors change until the command is done. */
export function runRedirected(session: Session, { node, memo }: RedirectedFrame): Wait | undefined {
  const { shell } = session
  shell.line = node.line
  const targets = attempt(session, memo, (context) => targetsOf(context, node.redirections))
  if (!('value' in targets)) return targets.wait
  const saved: Saved = new Map()
  try {
    redirect(session, targets.value, saved)
  } catch (error) {
    putBack(session, saved)
    const failure = failureOf(error)
    if (failure instanceof RedirectionError) return raiseFailure(session, failure)
    complain(session, failure.words)
    pop(session)
    return settle(session, failure.status)
  }
  pop(session)
  push(shell, { type: 'restore', saved } satisfies RestoreFrame)
  return enter(session, node.command)
}
