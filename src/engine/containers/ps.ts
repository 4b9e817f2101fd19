import type { Instant } from '../../core/instant.ts'
import { SECOND } from '../../core/instant.ts'
import { rfc3339Nano } from '../../core/rfc3339.ts'
import type { ProcessInfo } from '../../programs/machine.ts'
import { psRefused } from './file-errors.ts'

/** A process as the host's `ps` sees it. */
export interface HostProcess extends ProcessInfo {
  /** Bytes of memory of the host. */
  readonly memory: number
  readonly now: Instant
}

interface Column {
  readonly title: string
  readonly value: (process: HostProcess) => string
}

const clock = (at: Instant) => rfc3339Nano(at).slice(11, 16)
const two = (value: number) => String(value).padStart(2, '0')
const userOf = ({ uid }: HostProcess) => (uid === 0 ? 'root' : String(uid))
const command = ({ argv }: HostProcess) => argv.join(' ')
const name = ({ argv }: HostProcess) => (argv[0] ?? '').split('/').at(-1)!.slice(0, 15)
const state = ({ stopped }: HostProcess) => (stopped ? 'T' : 'S')
const VIRTUAL = 2268
const RESIDENT = 1444

function cpuTime({ cpu }: HostProcess, hours: boolean): string {
  const seconds = Math.floor(cpu / SECOND)
  const minutes = Math.floor(seconds / 60)
  if (!hours) return `${minutes}:${two(seconds % 60)}`
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`
}

function share({ cpu, start, now }: HostProcess): string {
  const lived = Math.max(now - start, SECOND)
  return ((100 * cpu) / lived).toFixed(1)
}

function elapsed({ start, now }: HostProcess): string {
  const seconds = Math.floor((now - start) / SECOND)
  const hours = Math.floor(seconds / 3600)
  return `${hours > 0 ? `${two(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Columns by the names that `-o` knows. procps: ps/output.c */
const COLUMNS: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', value: ({ pid }) => String(pid) },
  ppid: { title: 'PPID', value: ({ ppid }) => String(ppid) },
  user: { title: 'USER', value: userOf },
  euser: { title: 'EUSER', value: userOf },
  ruser: { title: 'RUSER', value: userOf },
  uid: { title: 'UID', value: ({ uid }) => String(uid) },
  c: { title: 'C', value: (process) => String(Math.floor(Number(share(process)))) },
  pcpu: { title: '%CPU', value: share },
  '%cpu': { title: '%CPU', value: share },
  pmem: { title: '%MEM', value: () => '0.0' },
  '%mem': { title: '%MEM', value: () => '0.0' },
  vsz: { title: 'VSZ', value: () => String(VIRTUAL) },
  rss: { title: 'RSS', value: () => String(RESIDENT) },
  tty: { title: 'TT', value: ({ tty }) => tty },
  tt: { title: 'TT', value: ({ tty }) => tty },
  tname: { title: 'TTY', value: ({ tty }) => tty },
  stat: { title: 'STAT', value: (process) => `${state(process)}s` },
  s: { title: 'S', value: state },
  state: { title: 'S', value: state },
  stime: { title: 'STIME', value: ({ start }) => clock(start) },
  start: { title: 'STARTED', value: ({ start }) => rfc3339Nano(start).slice(11, 19) },
  time: { title: 'TIME', value: (process) => cpuTime(process, true) },
  etime: { title: 'ELAPSED', value: elapsed },
  comm: { title: 'COMMAND', value: name },
  args: { title: 'COMMAND', value: command },
  cmd: { title: 'CMD', value: command },
  command: { title: 'COMMAND', value: command },
}

const FULL: readonly Column[] = [
  { title: 'UID', value: userOf },
  ...['pid', 'ppid', 'c', 'stime', 'tname', 'time', 'cmd'].map((key) => COLUMNS[key]!),
]
const PLAIN: readonly Column[] = ['pid', 'tname', 'time']
  .map((key) => COLUMNS[key]!)
  .concat({ title: 'CMD', value: name })
const BSD: readonly Column[] = [
  ...['user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tname', 'stat'].map((key) => COLUMNS[key]!),
  { title: 'START', value: ({ start }) => clock(start) },
  { title: 'TIME', value: (process) => cpuTime(process, false) },
  COLUMNS.args!,
]

/** The columns that the arguments of `ps` ask for. */
function columnsOf(args: readonly string[]): readonly Column[] {
  const chosen: Column[] = []
  let shown = PLAIN
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const listed = /^-?[a-zA-Z]*o(.*)$/.exec(arg)
    if (/^-?[aeA]*o/.test(arg) && listed) chosen.push(...named(listed[1] || args[++i] || ''))
    else if (/^-[AaedfFlTLHy]+$/.test(arg)) shown = /[fF]/.test(arg) ? FULL : shown
    else if (/^-/.test(arg)) throw psRefused('ps: error: unsupported SysV option')
    else if (/^[axuwef]+$/.test(arg)) shown = arg.includes('u') ? BSD : shown
    else throw psRefused('ps: error: unsupported option (BSD syntax)')
  }
  return chosen.length > 0 ? chosen : shown
}

/** `pid,cmd=What`: the title may be another one. */
function named(list: string): Column[] {
  return list.split(',').map((item) => {
    const [key = '', title] = item.split('=')
    const column = COLUMNS[key.trim()]
    if (!column) throw psRefused(`ps: error: unknown user-defined format specifier "${key}"`)
    return title === undefined ? column : { ...column, title }
  })
}

/** `ps` with these arguments, over the processes of one container. moby: daemon/top_unix.go */
export function ps(psArgs: string, processes: readonly HostProcess[]): { Titles: string[]; Processes: string[][] } {
  const columns = columnsOf((psArgs.trim() || '-ef').split(/\s+/))
  const titles = columns.map(({ title }) => title)
  if (!titles.includes('PID')) throw psRefused("Couldn't find PID field in ps output")
  return { Titles: titles, Processes: processes.map((process) => columns.map(({ value }) => value(process))) }
}
