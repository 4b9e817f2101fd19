import { type Instant, MILLISECOND } from '../../core/instant.ts'
import { errorText } from './errno.ts'
import { exitProcess } from './exit.ts'
import { readable, waitersOf, writable } from './io.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { exit, RUN, type Wait } from './program.ts'
import { firstAlarm, push, runnable, setAlarm, shift, takeAlarm } from './schedule.ts'
import { SIGNALS } from './signals.ts'
import { enqueue } from './waiters.ts'

/** Steps a process makes at one instant before virtual time passes for it. */
const QUANTUM = 8_192
const SLICE = 10 * MILLISECOND
/** Steps of all processes together at one instant, so that a crowd cannot hang the host either. */
const CROWD = 16 * QUANTUM
/** A process that was pre-empted so often in a row loops for ever: its slices grow, up to this. */
const PATIENCE = 64
const LONGEST_SLICE = 320 * MILLISECOND

export function wake(kernel: Kernel, process: Process): void {
  if (process.dead || process.wait.type === 'run') return
  become(process, RUN)
  push(kernel.schedule, process)
}

/** A new wait makes alarms and queue entries of the former one stale. */
function become(process: Process, wait: Wait): void {
  process.wait = wait
  process.turn++
}

/** Lets every process run until none can at this instant. */
export function run(kernel: Kernel, now: Instant): void {
  if (now > kernel.now) {
    kernel.now = now
    kernel.crowd = 0
  }
  if (kernel.frozen) return
  do {
    wakeDue(kernel)
    for (let process = shift(kernel.schedule); process; process = shift(kernel.schedule)) {
      if (process.dead || process.stopped || process.wait.type !== 'run') continue
      if (spent(kernel, process)) preempt(kernel, process)
      else settle(kernel, process, step(kernel, process))
    }
  } while (isDue(kernel))
}

const isDue = (kernel: Kernel): boolean => (firstAlarm(kernel.schedule)?.at ?? Number.POSITIVE_INFINITY) <= kernel.now

function wakeDue(kernel: Kernel): void {
  while (isDue(kernel)) wake(kernel, takeAlarm(kernel.schedule)!.process)
}

function step(kernel: Kernel, process: Process): Wait {
  process.interrupted = false
  process.steps++
  process.burst++
  kernel.crowd++
  try {
    return process.program.step(kernel, process, process.frame)
  } catch (error) {
    const words = errorText(error)
    if (words !== undefined) {
      complain(kernel, process, words)
      return exit(1)
    }
    if (isOutOfMemory(error)) {
      kernel.outbox.push({ type: 'oom' })
      return exit(128 + SIGNALS.KILL)
    }
    // A fault in a program ends that program, as a segmentation fault does, and not the whole machine.
    kernel.outbox.push({ type: 'notice', text: `${process.argv[0]}: ${String(error)}` })
    return exit(139)
  }
}

/** What the engine below throws when a program's text or buffer grows beyond all bounds. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError && /Invalid (string|array|typed array) length|allocation failed/i.test(error.message)

/** A process without standard error fails in silence. */
function complain(kernel: Kernel, process: Process, words: string): void {
  if (process.dead || !process.fds[2]) return
  kernel.puts(process, 2, `${process.argv[0]}: ${words}\n`)
}

function settle(kernel: Kernel, process: Process, wait: Wait): void {
  if (process.dead) return
  if (wait.type === 'exit') exitProcess(kernel, process, wait.code)
  else if (wait.type === 'run' || wait.type === 'exec') {
    become(process, RUN)
    push(kernel.schedule, process)
  } else {
    become(process, wait)
    block(kernel, process, wait)
    if (process.interrupted) wake(kernel, process)
  }
}

/** Registers what shall wake the process; what is there already wakes it at once. */
function block(kernel: Kernel, process: Process, wait: Wait): void {
  switch (wait.type) {
    case 'read':
    case 'write':
      await1(kernel, process, wait.type, wait.fd)
      break
    case 'poll':
      for (const fd of wait.read) await1(kernel, process, 'read', fd)
      for (const fd of wait.write ?? []) await1(kernel, process, 'write', fd)
      break
    case 'child': {
      const ended = process.zombies.some(({ pid }) => wait.pid === -1 || pid === wait.pid)
      if (ended || (wait.untraced && process.halted.size > 0)) wake(kernel, process)
      break
    }
    case 'answer':
      if (kernel.answers.has(wait.query)) wake(kernel, process)
      break
  }
  if ('until' in wait && wait.until !== undefined && process.wait === wait)
    setAlarm(kernel.schedule, process, wait.until)
}

function await1(kernel: Kernel, process: Process, way: 'read' | 'write', fd: number): void {
  if (process.wait.type === 'run') return
  const file = process.fds[fd]
  const waiters = file && waitersOf(file, way)
  if (!file || !waiters || (way === 'read' ? readable(file) : writable(file))) wake(kernel, process)
  else enqueue(waiters, process)
}

/** Whether the process had its share at this instant. */
function spent(kernel: Kernel, process: Process): boolean {
  if (process.burstAt !== kernel.now) {
    process.burstAt = kernel.now
    process.burst = 0
  }
  return process.burst >= QUANTUM || kernel.crowd >= CROWD
}

function preempt(kernel: Kernel, process: Process): void {
  // Who is pre-empted again right when the last slice is over did nothing but run.
  process.preempted = process.preemptedUntil === kernel.now ? process.preempted + 1 : 0
  const doublings = Math.min(5, Math.max(0, process.preempted - PATIENCE))
  const slice = Math.min(LONGEST_SLICE, SLICE * 2 ** doublings)
  process.preemptedUntil = kernel.now + slice
  become(process, { type: 'sleep', until: process.preemptedUntil })
  setAlarm(kernel.schedule, process, process.preemptedUntil)
}

/** When the machine next has something to do by itself. */
export function nextTimer(kernel: Kernel): Instant | undefined {
  if (kernel.frozen) return undefined
  if (runnable(kernel.schedule)) return kernel.now
  return firstAlarm(kernel.schedule)?.at
}
