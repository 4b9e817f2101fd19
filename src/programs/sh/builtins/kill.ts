import { PAUSE } from '../../kernel/program.ts'
import { killAll } from '../../kill.ts'
import { complainAs } from '../complain.ts'
import { Failure } from '../failure.ts'
import { findJob } from '../jobs.ts'
import type { Session } from '../session.ts'
import type { Builtin } from './builtin.ts'
import { print } from './output.ts'

/** As the program, and it knows jobs. */
export const kill: Builtin = (session, argv) => {
  const { kernel, process } = session
  const args = argv.slice(1).map((arg) => (/^%/.test(arg) ? pidOf(session, arg) : arg))
  const { lines, complaints } = killAll(kernel, process, args)
  if (process.dead) return PAUSE
  print(session, lines.map((line) => `${line}\n`).join(''))
  for (const complaint of complaints) complainAs(session, complaint)
  return complaints.length > 0 ? 1 : 0
}

function pidOf({ shell }: Session, reference: string): string {
  const job = findJob(shell, reference)
  if (!job) throw new Failure(`${reference}: no such job`)
  const pid = job.members[0]!.pid
  return job.controlled ? `-${pid}` : String(pid)
}
