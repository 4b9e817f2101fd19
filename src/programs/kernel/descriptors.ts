import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import { meet, type Pipe } from './pipe.ts'
import type { Process } from './process.ts'
import { wake } from './run.ts'
import { closeListener, closeSocket } from './sockets.ts'
import { dequeue } from './waiters.ts'

/** One more descriptor (or somebody else who keeps it) points to the open file. */
export function retain(kernel: Kernel, file: OpenFile): void {
  file.refs++
  if (file.refs !== 1) return
  if (file.kind === 'pipe-read') file.pipe.readers++
  else if (file.kind === 'pipe-write') file.pipe.writers++
  else return
  if (meet(file.pipe)) wakeEnds(kernel, file.pipe)
}

function wakeEnds(kernel: Kernel, pipe: Pipe): void {
  for (const process of [...dequeue(pipe.canRead), ...dequeue(pipe.canWrite)]) wake(kernel, process)
}

/** One fewer; the last one closes it. */
export function release(kernel: Kernel, file: OpenFile): void {
  if (--file.refs > 0) return
  switch (file.kind) {
    case 'pipe-read':
      file.pipe.readers--
      for (const process of dequeue(file.pipe.canWrite)) wake(kernel, process)
      break
    case 'pipe-write':
      file.pipe.writers--
      for (const process of dequeue(file.pipe.canRead)) wake(kernel, process)
      break
    case 'file':
      kernel.namespace.release(file.at)
      break
    case 'socket':
      closeSocket(kernel, file.socket)
      break
    case 'listener':
      closeListener(kernel, file.listener)
      break
  }
}

export function setDescriptor(kernel: Kernel, process: Process, fd: number, file: OpenFile | undefined): void {
  const old = process.fds[fd]
  if (file) retain(kernel, file)
  process.fds[fd] = file
  if (old) release(kernel, old)
}

/** Puts the open file at the lowest free descriptor from `from` on. */
export function addDescriptor(kernel: Kernel, process: Process, file: OpenFile, from = 0): number {
  let fd = from
  while (process.fds[fd]) fd++
  setDescriptor(kernel, process, fd, file)
  return fd
}

export function closeAll(kernel: Kernel, process: Process): void {
  const { fds } = process
  process.fds = []
  for (const file of fds) if (file) release(kernel, file)
}
