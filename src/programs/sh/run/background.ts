import { devNull } from '../../kernel/open-file.ts'
import type { Wait } from '../../kernel/program.ts'
import { SIGNALS } from '../../kernel/signals.ts'
import { sayError } from '../complain.ts'
import { enlist, job } from '../jobs.ts'
import type { Session } from '../session.ts'
import type { Node, Statement } from '../tree.ts'
import { enterFrames } from './enter-frames.ts'
import { failureOf, raiseFailure } from './exit.ts'
import { forkShell, inherited } from './fork.ts'
import { startPipeline } from './pipeline.ts'

/** `command &` */
export function startBackground(session: Session, { command, text }: Statement): Wait | undefined {
  const { shell } = session
  const controlled = shell.options.m === true
  try {
    const started = job(start(session, command, controlled), controlled ? text : '', controlled)
    enlist(shell, started)
    shell.background = started.members.at(-1)!.pid
    shell.status = 0
    if (shell.interactive) sayError(session, `[${started.number}] ${shell.background}\n`)
    return undefined
  } catch (error) {
    return raiseFailure(session, failureOf(error))
  }
}

function start(session: Session, command: Node, controlled: boolean): number[] {
  const { process } = session
  if (command.type === 'pipeline' && !command.negated) return startPipeline(session, command, { background: true })
  const fds = inherited(process)
  // Without job control, nobody may take the keyboard away from the foreground.
  if (!controlled) fds[0] = devNull()
  const child = forkShell(session, enterFrames(command), {
    fds,
    tested: false,
    ...(controlled ? { pgid: 0 } : { ignored: new Set([...process.ignored, SIGNALS.INT, SIGNALS.QUIT]) }),
  })
  return [child.pid]
}
