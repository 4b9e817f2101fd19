import { exitProcess } from './exit.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { wake } from './run.ts'
import { push } from './schedule.ts'
import { defaultAction, SIGNALS } from './signals.ts'

/**
 * A signal arrives. `outside` says that it comes from the engine, not from a process of this pid namespace: only then do KILL and STOP
 * reach PID 1.
 */
export function raise(kernel: Kernel, process: Process, signal: number, outside = false): void {
  if (process.dead || signal === 0) return
  const init = process.pid === 1 && !kernel.init && !outside
  if (signal === SIGNALS.KILL) {
    if (!init) exitProcess(kernel, process, 128 + signal, signal)
    return
  }
  if (signal === SIGNALS.STOP) {
    if (!init) stop(kernel, process, signal)
    return
  }
  if (signal === SIGNALS.CONT) resume(kernel, process)
  if (process.ignored.has(signal)) return
  if (process.program.onSignal?.(process, process.frame, signal)) handle(kernel, process, signal)
  else act(kernel, process, signal)
}

/** `pending` is for the program; whatever it waits for, it is woken to look. */
function handle(kernel: Kernel, process: Process, signal: number): void {
  if (!process.pending.includes(signal)) process.pending.push(signal)
  process.interrupted = true
  wake(kernel, process)
}

function act(kernel: Kernel, process: Process, signal: number): void {
  const action = defaultAction(signal)
  if (action === 'ignore' || action === 'continue') return
  // Linux: PID 1 of a namespace gets no signal that it has no handler for.
  if (process.pid === 1 && !kernel.init && !process.program.mortal) return
  if (action === 'stop') stop(kernel, process, signal)
  else exitProcess(kernel, process, 128 + signal, signal)
}

function stop(kernel: Kernel, process: Process, signal: number): void {
  if (process.stopped) return
  process.stopped = true
  const parent = kernel.processes.get(process.ppid)
  if (!parent) return
  parent.halted.set(process.pid, signal)
  raise(kernel, parent, SIGNALS.CHLD)
  if (parent.wait.type === 'child' && parent.wait.untraced) wake(kernel, parent)
}

function resume(kernel: Kernel, process: Process): void {
  if (!process.stopped) return
  process.stopped = false
  kernel.processes.get(process.ppid)?.halted.delete(process.pid)
  // It fell out of the run queue while it was stopped.
  if (process.wait.type === 'run') push(kernel.schedule, process)
}

export function raiseGroup(kernel: Kernel, pgid: number, signal: number, outside = false): void {
  for (const process of [...kernel.processes.values()])
    if (process.pgid === pgid) raise(kernel, process, signal, outside)
}
