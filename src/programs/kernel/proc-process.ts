import { SECOND } from '../../core/instant.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'

/** A file of /proc/PID. */
export function procOf(kernel: Kernel, process: Process, name: string): string | undefined {
  switch (name) {
    case 'cmdline':
      return process.argv.map((argument) => `${argument}\0`).join('')
    case 'comm':
      return `${commandOf(process)}\n`
    case 'environ':
      return [...process.env].map(([key, value]) => `${key}=${value}\0`).join('')
    case 'cgroup':
      return '0::/\n'
    case 'limits':
      return LIMITS
    case 'stat':
      return statOf(kernel, process)
    case 'statm':
      return `${pages(process)} ${pages(process)} 0 0 0 0 0\n`
    case 'status':
      return statusOf(process)
    default:
      return undefined
  }
}

const LIMITS =
  'Limit                     Soft Limit           Hard Limit           Units     \n' +
  'Max open files            1048576              1048576              files     \n' +
  'Max processes             unlimited            unlimited            processes \n'

/** The kernel keeps 15 characters of a name. */
function commandOf(process: Process): string {
  const name = process.argv[0] ?? process.program.name
  return name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/^-/, '')
    .slice(0, 15)
}

const pages = (process: Process) => Math.ceil(process.memory / 4096)

/** The letter of `ps`. */
function stateOf(process: Process): 'R' | 'S' | 'T' {
  if (process.stopped) return 'T'
  return process.wait.type === 'run' ? 'R' : 'S'
}

function statOf(kernel: Kernel, process: Process): string {
  const ticks = (micros: number) => Math.floor((micros * 100) / SECOND)
  const { pid, ppid, pgid, sid, tty } = process
  const device = tty ? 34_816 + tty.index : 0
  const start = ticks(process.start - kernel.bootedAt)
  return (
    `${pid} (${commandOf(process)}) ${stateOf(process)} ${ppid} ${pgid} ${sid} ${device} ${tty?.foreground ?? -1} 4194304 0 0 0 0 ` +
    `${ticks(kernel.cpu(process))} 0 0 0 20 0 1 0 ${start} ${process.memory} ${pages(process)} 18446744073709551615 ` +
    `${'0 '.repeat(25)}0\n`
  )
}

const STATES = { R: 'R (running)', S: 'S (sleeping)', T: 'T (stopped)' }

function statusOf(process: Process): string {
  const { pid, ppid, uid, gid, memory } = process
  const ids = (id: number) => `${id}\t${id}\t${id}\t${id}`
  return (
    `Name:\t${commandOf(process)}\nUmask:\t${process.umask.toString(8).padStart(4, '0')}\nState:\t${STATES[stateOf(process)]}\n` +
    `Tgid:\t${pid}\nNgid:\t0\nPid:\t${pid}\nPPid:\t${ppid}\nTracerPid:\t0\nUid:\t${ids(uid)}\nGid:\t${ids(gid)}\n` +
    `FDSize:\t64\nGroups:\t${process.groups.join(' ')} \nVmSize:\t${Math.ceil(memory / 1024)} kB\nVmRSS:\t${Math.ceil(memory / 1024)} kB\n` +
    `Threads:\t1\n`
  )
}
