import { enlist } from '../jobs.ts'
import type { Builtin } from './builtin.ts'
import { controlled, resume } from './fg.ts'
import { jobOf } from './jobs.ts'
import { print } from './output.ts'

export const bg: Builtin = (session, argv) => {
  const references = argv.length > 1 ? argv.slice(1) : [undefined]
  for (const reference of references) {
    const job = controlled(jobOf(session, reference))
    resume(session, job)
    enlist(session.shell, job)
    print(session, `[${job.number}] ${job.text}\n`)
  }
  return 0
}
