import { SECOND } from '../../core/instant.ts'
import { userOf } from '../accounts.ts'
import { MEMORY } from '../kernel/host.ts'
import type { Call } from './call.ts'
import { stateOf } from './ps.ts'
import { tool } from './tool.ts'

function screen(call: Call<{ rounds: number }>): string {
  const { kernel } = call
  const kib = (bytes: number) => `${Math.floor(bytes / 1024)}K`
  const processes = [...kernel.processes.values()].sort((a, b) => a.pid - b.pid)
  const rows = processes.map((process) => {
    const user = (userOf(kernel, process, process.uid)?.name ?? String(process.uid)).slice(0, 8).padEnd(8)
    const size = Math.ceil(process.memory / 1024)
    return `${String(process.pid).padStart(5)} ${String(process.ppid).padStart(5)} ${user} ${stateOf(process).padEnd(4)} ${String(size).padStart(5)} ${String(Math.round((process.memory * 100) / MEMORY)).padStart(3)}%   0% ${process.argv.join(' ')}`
  })
  return [
    `Mem: ${kib(kernel.memory)} used, ${kib(MEMORY - kernel.memory)} free, 0K shrd, 0K buff, 0K cached`,
    'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq',
    `Load average: 0.00 0.00 0.00 1/${processes.length} ${kernel.nextPid - 1}`,
    '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND',
    ...rows,
    '',
  ].join('\n')
}

export const top = tool<{ rounds: number }>({
  name: 'top',
  short: 'bn:d:mH',
  usage: 'top [-bmH] [-n COUNT] [-d SECONDS]',
  data: () => ({ rounds: 0 }),
  run(call) {
    const { data } = call
    const limit = Number(call.value('n') ?? Number.POSITIVE_INFINITY)
    if (data.rounds >= limit) return undefined
    call.out(`${call.has('b') ? '' : '\x1b[H\x1b[J'}${screen(call)}`)
    if (++data.rounds < limit) call.sleepUntil(call.kernel.now + (Number(call.value('d') ?? 5) || 5) * SECOND)
    return undefined
  },
})
