import type { Instant } from '../../core/instant.ts'
import { FileError } from '../../storage/file-error.ts'
import { isDirectory } from '../../storage/inode.ts'
import { searchPath } from '../find-executable.ts'
import { concat, text } from '../kernel/bytes.ts'
import { CallError } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { exit, PAUSE, type Wait } from '../kernel/program.ts'
import { lookupHost } from '../kernel/resolve.ts'
import { isLocal } from '../kernel/sockets.ts'
import type { Request } from './call.ts'

/** How far a call has come that could not be done at once. */
export interface Progress {
  written?: number
  until?: Instant
  query?: number
  fd?: number
  /** A signal was handled since the call began. */
  woken?: boolean
}

export type Outcome = { readonly wait: Wait } | { readonly value: unknown }

/** What was read of a descriptor and not yet asked for: the rest after a line. */
export type Buffers = Map<number, Uint8Array>

/** Does a call as far as it can be done now; refusals throw. */
export function perform(
  kernel: Kernel,
  process: Process,
  request: Request,
  progress: Progress,
  buffers: Buffers,
): Outcome {
  switch (request.call) {
    case 'write':
      return writeAll(kernel, process, request.fd, request.bytes, progress)
    case 'read':
      return readSome(kernel, process, request.fd, request.max, buffers)
    case 'readLine':
      return readLine(kernel, process, request.fd, buffers)
    case 'sleep':
      progress.until ??= kernel.now + request.duration
      return kernel.now >= progress.until ? done() : { wait: { type: 'sleep', until: progress.until } }
    case 'pause':
      return progress.woken ? done() : { wait: PAUSE }
    case 'now':
      return done(kernel.now)
    case 'random':
      return done(kernel.nextRandom() / 2 ** 32)
    case 'exit':
      return { wait: exit(request.code) }
    case 'trap':
      return done()
    case 'identity': {
      const { pid, uid, gid } = process
      return done({ pid, uid, gid, cwd: kernel.namespace.pathOf(process.cwd) })
    }
    case 'terminal': {
      const file = process.fds[1]
      return done(file?.kind === 'tty' ? { cols: file.tty.cols, rows: file.tty.rows } : undefined)
    }
    case 'spawn':
    case 'wait':
    case 'kill':
      return performOnProcess(kernel, process, request)
    case 'listen':
    case 'accept':
    case 'connect':
    case 'resolve':
    case 'ping':
    case 'shutdown':
    case 'poll':
      return performOnNetwork(kernel, process, request, progress, buffers)
    default:
      return performOnFile(kernel, process, request, buffers)
  }
}

const done = (value?: unknown): Outcome => ({ value })

function writeAll(kernel: Kernel, process: Process, fd: number, bytes: Uint8Array, progress: Progress): Outcome {
  const from = progress.written ?? 0
  if (from >= bytes.length) return done()
  const taken = kernel.write(process, fd, bytes.subarray(from))
  // EPIPE without death by SIGPIPE: the program ignores that signal.
  if (taken < 0) throw new CallError('ECONNRESET')
  progress.written = from + taken
  return progress.written >= bytes.length ? done() : { wait: { type: 'write', fd } }
}

function readSome(kernel: Kernel, process: Process, fd: number, max: number, buffers: Buffers): Outcome {
  const kept = buffers.get(fd)
  if (kept && kept.length > 0) {
    buffers.set(fd, kept.subarray(max))
    return done(kept.subarray(0, max))
  }
  const bytes = kernel.read(process, fd, max)
  if (bytes === null) return { wait: { type: 'read', fd } }
  return done(bytes.length === 0 ? undefined : bytes)
}

const NEWLINE = 10

function readLine(kernel: Kernel, process: Process, fd: number, buffers: Buffers): Outcome {
  for (;;) {
    const kept = buffers.get(fd)
    const end = kept?.indexOf(NEWLINE) ?? -1
    if (kept && end >= 0) {
      buffers.set(fd, kept.subarray(end + 1))
      return done(text(kept.subarray(0, end)))
    }
    const bytes = kernel.read(process, fd)
    if (bytes === null) return { wait: { type: 'read', fd } }
    if (bytes.length === 0) {
      buffers.delete(fd)
      return done(kept && kept.length > 0 ? text(kept) : undefined)
    }
    buffers.set(fd, kept ? concat(kept, bytes) : bytes)
  }
}

type FileRequest = Extract<
  Request,
  { call: 'open' | 'close' | 'readFile' | 'writeFile' | 'exists' | 'readdir' | 'mkdir' | 'remove' }
>

function performOnFile(kernel: Kernel, process: Process, request: FileRequest, buffers: Buffers): Outcome {
  const { namespace } = kernel
  const caller = kernel.caller(process)
  const options = { cwd: process.cwd }
  switch (request.call) {
    case 'open':
      return done(kernel.addfd(process, kernel.open(process, request.path, request.mode), 3))
    case 'close':
      buffers.delete(request.fd)
      kernel.close(process, request.fd)
      return done()
    case 'readFile':
      return done(readWhole(kernel, process, request.path))
    case 'writeFile': {
      const fd = kernel.addfd(process, kernel.open(process, request.path, request.append ? 'a' : 'w'), 3)
      try {
        for (let at = 0; at < request.bytes.length; ) at += kernel.write(process, fd, request.bytes.subarray(at))
      } finally {
        kernel.close(process, fd)
      }
      return done()
    }
    case 'exists':
      return done(kernel.access(process, request.path, 0))
    case 'readdir':
      return done(kernel.readdir(process, request.path))
    case 'mkdir':
      namespace.mkdirp(caller, request.path, 0o777, options)
      return done()
    case 'remove':
      if (isDirectory(namespace.stat(caller, request.path, { ...options, follow: false })))
        namespace.rmdir(caller, request.path, options)
      else namespace.unlink(caller, request.path, options)
      return done()
  }
}

function readWhole(kernel: Kernel, process: Process, path: string): string {
  const fd = kernel.addfd(process, kernel.open(process, path, 'r'), 3)
  try {
    const parts: Uint8Array[] = []
    for (let part = kernel.read(process, fd); part && part.length > 0; part = kernel.read(process, fd)) parts.push(part)
    return text(concat(...parts))
  } finally {
    kernel.close(process, fd)
  }
}

type NetworkRequest = Extract<
  Request,
  { call: 'listen' | 'accept' | 'connect' | 'resolve' | 'ping' | 'shutdown' | 'poll' }
>

function performOnNetwork(
  kernel: Kernel,
  process: Process,
  request: NetworkRequest,
  progress: Progress,
  buffers: Buffers,
): Outcome {
  switch (request.call) {
    case 'listen':
      return done(kernel.listen(process, request.port, request.host))
    case 'accept': {
      const fd = kernel.accept(process, request.fd)
      return fd === null ? { wait: { type: 'read', fd: request.fd } } : done(fd)
    }
    case 'connect':
      return connect(kernel, process, request.host, request.port, progress)
    case 'resolve': {
      const found = lookupHost(kernel, process, request.name, progress)
      return 'wait' in found ? found : done(found.addresses)
    }
    case 'ping':
      return ping(kernel, request.host, progress)
    case 'shutdown':
      kernel.shutdown(process, request.fd)
      return done()
    case 'poll':
      return poll(kernel, process, request, progress, buffers)
  }
}

function ping(kernel: Kernel, host: string, progress: Progress): Outcome {
  if (isLocal(kernel, host)) return done(40)
  progress.query ??= kernel.ask({ ask: 'ping', host })
  const answer = kernel.answer(progress.query)
  return answer ? done(answer.roundTrip) : { wait: { type: 'answer', query: progress.query } }
}

function connect(kernel: Kernel, process: Process, host: string, port: number, progress: Progress): Outcome {
  if (progress.fd === undefined) {
    const found = lookupHost(kernel, process, host, progress)
    if ('wait' in found) return found
    const [address] = found.addresses
    if (address === undefined) throw new CallError('EHOSTUNREACH')
    progress.fd = kernel.connect(process, address, port)
  }
  const state = kernel.socket(process, progress.fd)?.state
  if (state === 'connecting') return { wait: { type: 'write', fd: progress.fd } }
  if (state === 'open') return done(progress.fd)
  kernel.close(process, progress.fd)
  throw new CallError(state === 'unreachable' ? 'EHOSTUNREACH' : 'ECONNREFUSED')
}

function poll(
  kernel: Kernel,
  process: Process,
  { fds, timeout }: Extract<Request, { call: 'poll' }>,
  progress: Progress,
  buffers: Buffers,
): Outcome {
  const ready = fds.find((fd) => (buffers.get(fd)?.length ?? 0) > 0 || kernel.readable(process, fd))
  if (ready !== undefined) return done(ready)
  if (timeout === undefined) return { wait: { type: 'poll', read: fds } }
  progress.until ??= kernel.now + timeout
  return kernel.now >= progress.until ? done() : { wait: { type: 'poll', read: fds, until: progress.until } }
}

type ProcessRequest = Extract<Request, { call: 'spawn' | 'wait' | 'kill' }>

function performOnProcess(kernel: Kernel, process: Process, request: ProcessRequest): Outcome {
  switch (request.call) {
    case 'spawn':
      return done(spawn(kernel, process, request))
    case 'wait': {
      const ended = kernel.reap(process, request.pid)
      if (ended) return done(ended)
      if (process.children.size === 0) throw new CallError('ECHILD')
      return { wait: { type: 'child', pid: request.pid } }
    }
    case 'kill': {
      if (request.pid < 0) kernel.killpg(-request.pid, request.signal)
      else {
        const target = kernel.processes.get(request.pid)
        if (!target) throw new FileError('ESRCH')
        kernel.signal(target, request.signal)
      }
      return done()
    }
  }
}

function spawn(kernel: Kernel, process: Process, { argv, env, fds }: Extract<Request, { call: 'spawn' }>): number {
  const variables = env ? new Map(Object.entries(env)) : process.env
  const name = argv[0] ?? ''
  const path = searchPath(kernel.namespace, kernel.caller(process), name, variables.get('PATH'), process.cwd)
  if (path === undefined) throw new FileError('ENOENT', name)
  const loaded = kernel.load(process, path, argv)
  return kernel.spawn(loaded.program, loaded.argv, process, {
    env: variables,
    path: loaded.path,
    fds: fds.map((fd) => process.fds[fd]),
  }).pid
}
