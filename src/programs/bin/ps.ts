import { SECOND } from '../../core/instant.ts'
import { groupOf, userOf } from '../accounts.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import type { Call } from './call.ts'
import { commandOf } from './pgrep.ts'
import { tool } from './tool.ts'

interface Column {
  readonly title: string
  readonly width: number
  readonly right?: boolean
  show(kernel: Kernel, process: Process): string
}

const user = (kernel: Kernel, process: Process) => userOf(kernel, process, process.uid)?.name ?? String(process.uid)

function cpuTime(kernel: Kernel, process: Process): string {
  const seconds = Math.floor(kernel.cpu(process) / SECOND)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function elapsed(kernel: Kernel, process: Process): string {
  const seconds = Math.floor((kernel.now - process.start) / SECOND)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function stateOf(process: Process): string {
  return process.stopped ? 'T' : process.wait.type === 'run' ? 'R' : 'S'
}

const COLUMNS: Readonly<Record<string, Column>> = {
  user: { title: 'USER', width: 8, show: user },
  group: {
    title: 'GROUP',
    width: 8,
    show: (kernel, process) => groupOf(kernel, process, process.gid)?.name ?? String(process.gid),
  },
  comm: { title: 'COMMAND', width: 16, show: (_, process) => commandOf(process) },
  args: { title: 'COMMAND', width: 256, show: (_, process) => process.argv.join(' ') },
  pid: { title: 'PID', width: 5, right: true, show: (_, { pid }) => String(pid) },
  ppid: { title: 'PPID', width: 5, right: true, show: (_, { ppid }) => String(ppid) },
  pgid: { title: 'PGID', width: 5, right: true, show: (_, { pgid }) => String(pgid) },
  etime: { title: 'ELAPSED', width: 7, right: true, show: elapsed },
  nice: { title: 'NI', width: 5, right: true, show: () => '0' },
  time: { title: 'TIME', width: 6, right: true, show: cpuTime },
  tty: { title: 'TT', width: 6, show: (_, { tty }) => (tty ? `136,${tty.index}` : '?') },
  vsz: { title: 'VSZ', width: 4, right: true, show: (_, { memory }) => String(Math.ceil(memory / 1024)) },
  rss: { title: 'RSS', width: 4, right: true, show: (_, { memory }) => String(Math.ceil(memory / 1024)) },
  stat: { title: 'STAT', width: 4, show: (_, process) => stateOf(process) },
  sid: { title: 'SID', width: 5, right: true, show: (_, { sid }) => String(sid) },
}

const DEFAULT = ['pid', 'user', 'time', 'args']

interface Chosen {
  readonly column: Column
  readonly title: string
}

/** `pid,user=WHO`; undefined: one of them is unknown, and that was told. */
function choose(call: Call<undefined>): Chosen[] | undefined {
  const names =
    call.values('o').length > 0
      ? call.values('o').flatMap((list) => (list.includes('=') ? [list] : list.split(',')))
      : DEFAULT
  const chosen: Chosen[] = []
  for (const name of names) {
    const at = name.indexOf('=')
    const column = COLUMNS[at < 0 ? name : name.slice(0, at)]
    if (!column) {
      call.fail(`bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}`)
      return undefined
    }
    chosen.push({ column, title: at < 0 ? column.title : name.slice(at + 1) })
  }
  return chosen
}

function line(cells: readonly (readonly [Column, string])[]): string {
  return cells
    .map(([{ width, right }, text], index) => {
      const shown = text.slice(0, Math.max(width, index === cells.length - 1 ? text.length : width))
      if (index === cells.length - 1) return right ? shown.padStart(width) : shown
      return right ? shown.padStart(width) : shown.padEnd(width)
    })
    .join(' ')
}

export const ps = tool({
  name: 'ps',
  short: 'o:Tefaxuwlp:',
  usage: 'ps [-o COL1,COL2=HEADER] [-T]',
  run(call) {
    const chosen = choose(call)
    if (!chosen) return 1
    if (chosen.some(({ title }) => title !== '')) {
      const titles = chosen.map(
        ({ column, title }) =>
          [column.title === title && column.right !== true ? column : { ...column, right: false }, title] as const,
      )
      call.out(`${line(titles)}\n`)
    }
    const wanted = call.value('p')?.split(',').map(Number)
    const processes = [...call.kernel.processes.values()].filter(({ pid }) => !wanted || wanted.includes(pid))
    for (const process of processes.sort((a, b) => a.pid - b.pid))
      call.out(`${line(chosen.map(({ column }) => [column, column.show(call.kernel, process)] as const))}\n`)
    return undefined
  },
})
