import { FileError } from '../../storage/file-error.ts'
import type { FileSystem } from '../../storage/file-system.ts'
import { NO_BYTES } from './bytes.ts'
import type { Kernel } from './kernel.ts'
import type { FileOf, OpenFile } from './open-file.ts'
import { atEnd, isBroken, take } from './pipe.ts'
import type { Process } from './process.ts'
import { randomBytes } from './random.ts'
import { wake } from './run.ts'
import { raise } from './signal.ts'
import { SIGNALS } from './signals.ts'
import { isFull, receiveFrom, sendTo } from './sockets.ts'
import { shown } from './tty.ts'
import { dequeue, type Waiters } from './waiters.ts'

/** What a process waits on that cannot go on with the file; undefined: it never has to wait. */
export function waitersOf(file: OpenFile, way: 'read' | 'write'): Waiters | undefined {
  switch (file.kind) {
    case 'pipe-read':
      return file.pipe.canRead
    case 'pipe-write':
      return file.pipe.canWrite
    case 'tty':
      return way === 'read' ? file.tty.canRead : undefined
    case 'socket':
      return way === 'read' ? file.socket.canRead : file.socket.canWrite
    case 'listener':
      return file.listener.canRead
    default:
      return undefined
  }
}

export function readable(file: OpenFile): boolean {
  switch (file.kind) {
    case 'pipe-read':
      return file.pipe.queue.length > 0 || atEnd(file.pipe)
    case 'tty':
      return file.tty.queue.length > 0 || file.tty.hungup
    case 'socket':
      return file.socket.queue.length > 0 || file.socket.ended || file.socket.state !== 'open'
    case 'listener':
      return file.listener.backlog.length > 0
    default:
      return true
  }
}

export function writable(file: OpenFile): boolean {
  switch (file.kind) {
    case 'pipe-write':
      return isBroken(file.pipe) || (file.pipe.readers > 0 && file.pipe.size < file.pipe.capacity)
    case 'socket':
      return file.socket.state !== 'connecting' && !isFull(file.socket)
    default:
      return true
  }
}

/** Moving bytes takes time too: so many count as one step. */
const BYTES_A_STEP = 4096
/** About 50 MB a second go into a container's log, and 400 onto a disk. */
const COSTLY: Partial<Record<OpenFile['kind'], number>> = { output: 64, tty: 64, file: 512 }

/** null: it would block; no bytes: end of file. */
export function read(kernel: Kernel, process: Process, fd: number, max: number): Uint8Array | null {
  const bytes = readFrom(kernel, process, fd, max)
  if (bytes) kernel.charge(process, bytes.length / BYTES_A_STEP)
  return bytes
}

function readFrom(kernel: Kernel, process: Process, fd: number, max: number): Uint8Array | null {
  const file = process.fds[fd]
  if (!file) throw new FileError('EBADF', String(fd))
  switch (file.kind) {
    case 'file':
      return readFile(kernel, file, max)
    case 'text': {
      const bytes = file.bytes.subarray(file.pos, file.pos + max)
      file.pos += bytes.length
      return bytes
    }
    case 'directory':
      throw new FileError('EISDIR', file.path)
    case 'device':
      return readDevice(kernel, file, max)
    case 'pipe-read': {
      const bytes = take(file.pipe, max)
      if (bytes === undefined) return atEnd(file.pipe) ? NO_BYTES : null
      for (const other of dequeue(file.pipe.canWrite)) wake(kernel, other)
      return bytes
    }
    case 'tty':
      return take(file.tty, max) ?? (file.tty.hungup ? NO_BYTES : null)
    case 'socket':
      return receiveFrom(kernel, file.socket, max)
    default:
      throw new FileError('EBADF', String(fd))
  }
}

function readFile(kernel: Kernel, file: FileOf<'file'>, max: number): Uint8Array {
  if (file.access === 'w') throw new FileError('EBADF', file.path)
  // A copy: what is read may lie in a pipe or a frame while the file is overwritten in place.
  const bytes = kernel.namespace.read(file.at, file.pos, max).slice()
  file.pos += bytes.length
  return bytes
}

function readDevice(kernel: Kernel, file: FileOf<'device'>, max: number): Uint8Array {
  switch (file.device) {
    case 'null':
      return NO_BYTES
    case 'random':
      return randomBytes(kernel, Math.min(max, 65_536))
    default:
      return new Uint8Array(Math.min(max, 65_536))
  }
}

/** The bytes that were taken; 0: it would block; -1: nobody reads any more (and SIGPIPE was raised). */
export function write(kernel: Kernel, process: Process, fd: number, bytes: Uint8Array): number {
  const taken = writeTo(kernel, process, fd, bytes)
  const unit = COSTLY[process.fds[fd]?.kind ?? 'device'] ?? BYTES_A_STEP
  kernel.charge(process, Math.max(0, taken) / unit)
  return taken
}

function writeTo(kernel: Kernel, process: Process, fd: number, bytes: Uint8Array): number {
  const file = process.fds[fd]
  if (!file) throw new FileError('EBADF', String(fd))
  switch (file.kind) {
    case 'file':
      return writeFile(kernel, process, file, bytes)
    case 'device':
      if (file.device === 'full' && bytes.length > 0) throw new FileError('ENOSPC', '/dev/full')
      return bytes.length
    case 'pipe-write':
      return writePipe(kernel, process, file, bytes)
    case 'tty':
      if (bytes.length > 0) emit(kernel, file.tty.id, 1, shown(file.tty, bytes))
      return bytes.length
    case 'output':
      if (bytes.length > 0) emit(kernel, file.id, file.stream, bytes.slice())
      return bytes.length
    case 'socket': {
      const taken = sendTo(kernel, file.socket, bytes)
      if (taken < 0) raise(kernel, process, SIGNALS.PIPE)
      return taken
    }
    default:
      throw new FileError('EBADF', String(fd))
  }
}

export function emit(kernel: Kernel, id: string, stream: 1 | 2, bytes: Uint8Array): void {
  kernel.outbox.push({ type: 'output', id, stream, bytes })
}

function writeFile(kernel: Kernel, process: Process, file: FileOf<'file'>, bytes: Uint8Array): number {
  if (file.access === 'r') throw new FileError('EBADF', file.path)
  const { size } = kernel.namespace.inode(file.at)
  if (file.append) file.pos = size
  const fit = fitting(kernel.namespace.fsOf(file.at), size, file.pos, bytes)
  grow(kernel, file, file.pos + fit.length - size)
  kernel.namespace.write(kernel.caller(process), file.at, file.pos, fit)
  file.pos += fit.length
  return fit.length
}

/** As much as there is room for; where there is none at all, the write is tried and refused. */
function fitting({ capacity, used }: FileSystem, size: number, pos: number, bytes: Uint8Array): Uint8Array {
  if (capacity === undefined) return bytes
  const held = Math.ceil(size / 4096) * 4096
  const end = held + Math.max(0, capacity - used)
  return pos + bytes.length <= end || pos >= end ? bytes : bytes.subarray(0, end - pos)
}

/** The disk of the container is finite: a program that writes for ever shall not eat the host's memory. */
const DISK = 256 * 1024 * 1024

function grow(kernel: Kernel, file: FileOf<'file'>, by: number): void {
  if (by <= 0) return
  if (kernel.written + by > DISK) throw new FileError('ENOSPC', file.path)
  kernel.written += by
}

function writePipe(kernel: Kernel, process: Process, file: FileOf<'pipe-write'>, bytes: Uint8Array): number {
  const { pipe } = file
  if (isBroken(pipe)) {
    raise(kernel, process, SIGNALS.PIPE)
    return -1
  }
  const room = pipe.readers > 0 ? pipe.capacity - pipe.size : 0
  if (room <= 0) return 0
  const taken = (bytes.length > room ? bytes.subarray(0, room) : bytes).slice()
  pipe.queue.push(taken)
  pipe.size += taken.length
  for (const other of dequeue(pipe.canRead)) wake(kernel, other)
  return taken.length
}
