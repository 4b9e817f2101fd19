import { SIGNALS } from '../../kernel/signals.ts'
import { Failure } from '../failure.ts'
import { dismiss, type Job } from '../jobs.ts'
import { waitFor } from '../run/foreground.ts'
import type { Session } from '../session.ts'
import type { Builtin } from './builtin.ts'
import { jobOf } from './jobs.ts'
import { print } from './output.ts'

export const fg: Builtin = (session, argv) => {
  const job = controlled(jobOf(session, argv[1]))
  print(session, `${job.text}\n`)
  dismiss(session.shell, job)
  waitFor(session, job)
  resume(session, job)
  return undefined
}

export function controlled(job: Job): Job {
  if (!job.controlled) throw new Failure('job (null) not created under job control')
  return job
}

/** Lets a stopped job go on. */
export function resume({ kernel }: Session, job: Job): void {
  job.stopped = false
  kernel.killpg(job.members[0]!.pid, SIGNALS.CONT)
}
