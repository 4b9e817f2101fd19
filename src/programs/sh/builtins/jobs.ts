import { Failure } from '../failure.ts'
import { collect, describe, dismiss, findJob, isDone, type Job, stateWords } from '../jobs.ts'
import type { Session } from '../session.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { print } from './output.ts'

export const jobs: Builtin = (session, argv) => {
  const { shell } = session
  const { options, operands } = parseOptions(argv, 'lp')
  collect(session)
  const chosen = operands.length > 0 ? operands.map((operand) => jobOf(session, operand)) : [...shell.jobs]
  for (const job of chosen) {
    if (options.has('p')) print(session, `${job.members[0]!.pid}\n`)
    else print(session, `${options.has('l') ? long(session, job) : describe(shell, job)}\n`)
    job.changed = false
    if (isDone(job)) dismiss(shell, job)
  }
  return 0
}

/** The job that an operand names; none is the current one. */
export function jobOf({ shell }: Session, reference: string | undefined): Job {
  const job = reference === undefined ? shell.jobs[0] : findJob(shell, reference)
  if (!job) throw new Failure(reference === undefined ? 'No current job' : `${reference}: no such job`)
  return job
}

function long({ shell }: Session, job: Job): string {
  const head = describe(shell, job).slice(0, `[${job.number}]+  `.length)
  return `${head}${job.members[0]!.pid} ${stateWords(job).padEnd(22)}${job.text}`
}
