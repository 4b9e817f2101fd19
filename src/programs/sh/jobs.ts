import { SIGNALS } from '../kernel/signals.ts'
import type { Session } from './session.ts'
import type { Shell } from './shell.ts'

/** One process of a job, and how it ended. */
interface Member {
  readonly pid: number
  status: number | undefined
  /** The signal that ended it, 0: it exited. */
  signal: number
}

/** Processes that the shell started with one command. */
export interface Job {
  /** 0: it runs in the foreground and has no number. */
  number: number
  readonly members: Member[]
  readonly text: string
  /** Has a process group of its own, that of its first process. */
  readonly controlled: boolean
  stopped: boolean
  /** The user has not been told of its new state. */
  changed: boolean
  /** Somebody waited for it: its number may be used again. */
  waited: boolean
}

export const job = (pids: readonly number[], text: string, controlled: boolean): Job => ({
  number: 0,
  members: pids.map((pid) => ({ pid, status: undefined, signal: 0 })),
  text,
  controlled,
  stopped: false,
  changed: false,
  waited: false,
})

export const isDone = ({ members }: Job): boolean => members.every(({ status }) => status !== undefined)
export const isRunning = (one: Job): boolean => !one.stopped && !isDone(one)

/** The status of the last process, or with `pipefail` of the last one that failed. */
export function statusOf({ members, stopped }: Job, pipefail = false): number {
  if (stopped) return 128 + SIGNALS.TSTP
  const failed = pipefail ? members.findLast(({ status }) => status !== 0) : undefined
  return failed?.status ?? members.at(-1)?.status ?? 0
}

/** Takes the ended children out of the machine and notes what became of them. */
export function collect({ kernel, process, shell }: Session, foreground?: Job): void {
  for (let zombie = kernel.reap(process); zombie; zombie = kernel.reap(process)) {
    const { pid, status, signal } = zombie
    const owner = [...(foreground ? [foreground] : []), ...shell.jobs].find((one) => memberOf(one, pid))
    const member = owner && memberOf(owner, pid)
    if (!owner || !member) continue
    member.status = status
    member.signal = signal
    owner.stopped = false
    owner.changed = true
  }
  for (const [pid, signal] of process.halted) halt(shell, foreground, pid, signal)
  process.halted.clear()
}

function halt(shell: Shell, foreground: Job | undefined, pid: number, _signal: number): void {
  const owner = [...(foreground ? [foreground] : []), ...shell.jobs].find((one) => memberOf(one, pid))
  if (!owner) return
  owner.stopped = true
  owner.changed = true
}

const memberOf = ({ members }: Job, pid: number) => members.find((member) => member.pid === pid)

/** Puts a job into the table, as the current one, under the lowest number that is free. */
export function enlist(shell: Shell, one: Job): void {
  if (one.number === 0) {
    const free = (other: Job) => isDone(other) && other.waited && !shell.options.m
    const slot = [...shell.jobs].sort((a, b) => a.number - b.number).find(free)
    if (slot) shell.jobs = shell.jobs.filter((other) => other !== slot)
    const taken = new Set(shell.jobs.map(({ number }) => number))
    one.number = 1
    while (taken.has(one.number)) one.number++
  }
  // The first is the current job, the second the previous one.
  shell.jobs = [one, ...shell.jobs.filter((other) => other !== one)]
}

export function dismiss(shell: Shell, one: Job): void {
  shell.jobs = shell.jobs.filter((other) => other !== one)
}

/** `%1`, `%+`, `%-`, `%name`, `%?text`, or a process id. */
export function findJob(shell: Shell, reference: string): Job | undefined {
  if (!reference.startsWith('%')) {
    const pid = Number(reference)
    return shell.jobs.find((one) => memberOf(one, pid))
  }
  const name = reference.slice(1)
  if (name === '' || name === '%' || name === '+') return shell.jobs[0]
  if (name === '-') return shell.jobs[1]
  if (/^\d+$/.test(name)) return shell.jobs.find(({ number }) => number === Number(name))
  return shell.jobs.find(({ text }) => (name.startsWith('?') ? text.includes(name.slice(1)) : text.startsWith(name)))
}

/** strsignal(3) */
const SIGNAL_WORDS: Readonly<Record<number, string>> = {
  [SIGNALS.HUP]: 'Hangup',
  [SIGNALS.INT]: 'Interrupt',
  [SIGNALS.QUIT]: 'Quit',
  [SIGNALS.ILL]: 'Illegal instruction',
  [SIGNALS.TRAP]: 'Trace/breakpoint trap',
  [SIGNALS.ABRT]: 'Aborted',
  [SIGNALS.BUS]: 'Bus error',
  [SIGNALS.FPE]: 'Floating point exception',
  [SIGNALS.KILL]: 'Killed',
  [SIGNALS.USR1]: 'User defined signal 1',
  [SIGNALS.SEGV]: 'Segmentation fault',
  [SIGNALS.USR2]: 'User defined signal 2',
  [SIGNALS.PIPE]: 'Broken pipe',
  [SIGNALS.ALRM]: 'Alarm clock',
  [SIGNALS.TERM]: 'Terminated',
  [SIGNALS.STKFLT]: 'Stack fault',
  [SIGNALS.XCPU]: 'CPU time limit exceeded',
  [SIGNALS.XFSZ]: 'File size limit exceeded',
  [SIGNALS.VTALRM]: 'Virtual timer expired',
  [SIGNALS.PROF]: 'Profiling timer expired',
  [SIGNALS.IO]: 'I/O possible',
  [SIGNALS.PWR]: 'Power failure',
  [SIGNALS.SYS]: 'Bad system call',
}

const signalWords = (signal: number): string => SIGNAL_WORDS[signal] ?? `Unknown signal ${signal}`

/** What the shell says of the processes of a job that were killed. */
export const deathNotices = ({ members }: Job): string[] =>
  members.flatMap(({ signal }) =>
    signal === 0 || signal === SIGNALS.INT || signal === SIGNALS.PIPE ? [] : [signalWords(signal)],
  )

/** A row of `jobs`: `[1]+  Running                    sleep 5`. */
export function describe(shell: Shell, one: Job): string {
  const mark = one === shell.jobs[0] ? '+' : one === shell.jobs[1] ? '-' : ' '
  return `[${one.number}]${mark}  ${stateWords(one).padEnd(27)}${one.text}`
}

export function stateWords(one: Job): string {
  if (one.stopped) return 'Stopped'
  if (!isDone(one)) return 'Running'
  const { status = 0, signal = 0 } = one.members.at(-1) ?? {}
  if (signal !== 0) return signalWords(signal)
  return status === 0 ? 'Done' : `Done(${status})`
}
