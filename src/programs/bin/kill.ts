import { exit, PAUSE, type Program } from '../kernel/program.ts'
import { killAll } from '../kill.ts'

export const kill: Program<null> = {
  name: 'kill',
  init: () => null,
  step(kernel, process) {
    const { lines, complaints } = killAll(kernel, process, process.argv.slice(1))
    if (process.dead) return PAUSE
    for (const line of lines) kernel.puts(process, 1, `${line}\n`)
    for (const complaint of complaints) kernel.puts(process, 2, `kill: ${complaint}\n`)
    return exit(complaints.length > 0 ? 1 : 0)
  },
}
