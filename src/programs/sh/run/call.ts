import type { Wait } from '../../kernel/program.ts'
import { Failure } from '../failure.ts'
import type { CallFrame } from '../frames.ts'
import type { Session } from '../session.ts'
import type { Definition } from '../tree.ts'
import { enter } from './enter.ts'
import { raiseFailure, settle } from './exit.ts'
import { pop, push } from './stack.ts'

/** Calls deeper than this are refused: the machine's frames are data, but they take memory. */
const DEPTH_LIMIT = 20_000

export function callFunction(session: Session, { body }: Definition, args: readonly string[]): Wait | undefined {
  const { shell } = session
  if (shell.frames.length > DEPTH_LIMIT) return raiseFailure(session, new Failure('too many nested calls'))
  push(shell, { type: 'call', args: shell.args, locals: new Map() })
  shell.args = args
  return enter(session, body)
}

export function runCall(session: Session, _frame: CallFrame): Wait | undefined {
  pop(session)
  return settle(session, session.shell.status)
}
