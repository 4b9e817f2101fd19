import { closeAll } from './descriptors.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { wake } from './run.ts'
import { raise } from './signal.ts'
import { SIGNALS } from './signals.ts'

/** The end of a process: its files close, its children go to PID 1, its parent hears of it. */
export function exitProcess(kernel: Kernel, process: Process, status: number, signal = 0): void {
  if (process.dead) return
  process.dead = true
  process.status = status & 255
  kernel.processes.delete(process.pid)
  kernel.spentCpu += kernel.cpu(process)
  if (process.pid === 1)
    for (const other of [...kernel.processes.values()]) exitProcess(kernel, other, 128 + SIGNALS.KILL, SIGNALS.KILL)
  closeAll(kernel, process)
  allocate(kernel, process, 0)
  adopt(kernel, process)
  const parent = kernel.processes.get(process.ppid)
  if (parent) bury(kernel, parent, process, signal)
  if (process.id !== undefined) kernel.outbox.push({ type: 'exit', id: process.id, code: process.status })
}

function adopt(kernel: Kernel, process: Process): void {
  const init = kernel.processes.get(1)
  for (const pid of process.children) {
    const child = kernel.processes.get(pid)
    if (!child) continue
    child.ppid = init ? 1 : 0
    init?.children.add(pid)
  }
  // Nobody waits for them any more; PID 1 may.
  if (init && process.zombies.length > 0) init.zombies.push(...process.zombies)
}

function bury(kernel: Kernel, parent: Process, process: Process, signal: number): void {
  parent.children.delete(process.pid)
  parent.halted.delete(process.pid)
  if (parent.ignored.has(SIGNALS.CHLD)) {
    if (parent.wait.type === 'child') wake(kernel, parent)
    return
  }
  parent.zombies.push({ pid: process.pid, status: process.status, signal })
  raise(kernel, parent, SIGNALS.CHLD)
  if (parent.wait.type === 'child') wake(kernel, parent)
}

/** The process now holds so many bytes. */
export function allocate(kernel: Kernel, process: Process, bytes: number): void {
  kernel.memory += bytes - process.memory
  process.memory = bytes
  if (kernel.memory <= kernel.limits.memory) return
  let biggest: Process | undefined
  for (const other of kernel.processes.values()) if (!biggest || other.memory > biggest.memory) biggest = other
  kernel.outbox.push({ type: 'oom' })
  if (biggest) exitProcess(kernel, biggest, 128 + SIGNALS.KILL, SIGNALS.KILL)
}
