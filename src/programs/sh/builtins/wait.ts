import type { Wait } from '../../kernel/program.ts'
import { sayError } from '../complain.ts'
import { Failure } from '../failure.ts'
import type { AwaitFrame } from '../frames.ts'
import { collect, deathNotices, findJob, isDone, isRunning, type Job, statusOf } from '../jobs.ts'
import { pop, push } from '../run/stack.ts'
import type { Session } from '../session.ts'
import type { Builtin } from './builtin.ts'
import { number, parseOptions } from './options.ts'

export const wait: Builtin = (session, argv) => {
  const { shell } = session
  const { operands } = parseOptions(argv, 'n')
  collect(session)
  if (operands.length === 0) {
    push(shell, { type: 'attend', jobs: undefined })
    return undefined
  }
  const found = operands.map((operand) => jobOf(session, operand))
  // The last one says the status; one that is no child of ours, 127.
  if (found.at(-1) === undefined) shell.status = 127
  push(shell, { type: 'attend', jobs: found.filter((job) => job !== undefined) })
  if (found.at(-1) === undefined) return 127
  return undefined
}

function jobOf({ shell }: Session, operand: string): Job | undefined {
  if (!operand.startsWith('%')) number(operand)
  const job = findJob(shell, operand)
  if (!job && operand.startsWith('%')) throw new Failure(`${operand}: no such job`)
  return job
}

export function runAwait(session: Session, { jobs }: AwaitFrame): Wait | undefined {
  const { shell } = session
  collect(session)
  if ((jobs ?? shell.jobs).some(isRunning)) return { type: 'child', pid: -1 }
  pop(session)
  const last = jobs?.at(-1)
  for (const job of jobs ?? shell.jobs) {
    if (isDone(job)) job.waited = true
  }
  if (!jobs) shell.status = 0
  else if (last) {
    shell.status = statusOf(last)
    if (!shell.interactive && last.changed) for (const notice of deathNotices(last)) sayError(session, `${notice}\n`)
    last.changed = false
  }
  return undefined
}
