import type { Wait } from '../../kernel/program.ts'
import { SIGNALS } from '../../kernel/signals.ts'
import { sayError } from '../complain.ts'
import type { WaitFrame } from '../frames.ts'
import { collect, deathNotices, describe, enlist, isDone, type Job, statusOf } from '../jobs.ts'
import type { Session } from '../session.ts'
import { abandon, settle } from './exit.ts'
import { pop, push } from './stack.ts'

/** Waits for a job in the foreground; with job control it gets the terminal for that time. */
export function waitFor({ process, shell }: Session, job: Job): undefined {
  if (job.controlled && process.tty) process.tty.foreground = job.members[0]!.pid
  push(shell, { type: 'wait', job })
}

export function runWait(session: Session, { job }: WaitFrame): Wait | undefined {
  collect(session, job)
  if (!isDone(job) && !job.stopped) return { type: 'child', pid: -1, untraced: session.shell.options.m === true }
  pop(session)
  return conclude(session, job)
}

function conclude(session: Session, job: Job): Wait | undefined {
  const { process, shell } = session
  if (job.controlled && process.tty) process.tty.foreground = process.pgid
  const status = statusOf(job, shell.options.pipefail)
  if (job.stopped) {
    enlist(shell, job)
    sayError(session, `\n${describe(shell, job)}\n`)
    job.changed = false
    return settle(session, status)
  }
  for (const notice of deathNotices(job)) sayError(session, `${notice}\n`)
  // The terminal's ^C went to the job's group only: the shell interrupts itself.
  if (shell.interactive && job.members.at(-1)?.signal === SIGNALS.INT) {
    sayError(session, '\n')
    return abandon(session, status)
  }
  return settle(session, status)
}
