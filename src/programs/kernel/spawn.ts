import { retain } from './descriptors.ts'
import { CallError } from './errno.ts'
import { allocate } from './exit.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import type { Process } from './process.ts'
import { PAUSE, type Program } from './program.ts'
import { wake } from './run.ts'

/** What a new process has of its own; the rest it inherits. */
export interface Inheritance {
  readonly fds?: readonly (OpenFile | undefined)[]
  /** Given: the child goes on with this frame (a fork). Else the program starts at its beginning (fork and exec). */
  readonly frame?: unknown
  readonly env?: Map<string, string>
  readonly pgid?: number
  readonly path?: string
  readonly ignored?: ReadonlySet<number>
  readonly uid?: number
  readonly gid?: number
  readonly groups?: readonly number[]
  readonly cwd?: Process['cwd']
}

/** A child of `parent`. Throws EAGAIN when the table of processes is full. */
export function spawnChild(
  kernel: Kernel,
  parent: Process,
  program: Program,
  argv: readonly string[],
  own: Inheritance = {},
): Process {
  if (kernel.processes.size >= kernel.limits.pids) throw new CallError('EAGAIN')
  const child = make(kernel, program, {
    ...parent,
    pid: kernel.nextPid++,
    ppid: parent.pid,
    id: undefined,
    argv,
    path: own.path ?? parent.path,
    uid: own.uid ?? parent.uid,
    gid: own.gid ?? parent.gid,
    groups: own.groups ?? parent.groups,
    cwd: own.cwd ?? parent.cwd,
    env: new Map(own.env ?? parent.env),
    fds: [...(own.fds ?? parent.fds)],
    ignored: new Set(own.ignored ?? parent.ignored),
    pgid: own.pgid ?? parent.pgid,
  })
  if (own.pgid === 0) child.pgid = child.pid
  parent.children.add(child.pid)
  begin(kernel, child, own.frame)
  return child
}

export type Birth = Pick<
  Process,
  | 'pid'
  | 'ppid'
  | 'pgid'
  | 'sid'
  | 'uid'
  | 'gid'
  | 'groups'
  | 'umask'
  | 'argv'
  | 'env'
  | 'path'
  | 'cwd'
  | 'fds'
  | 'tty'
  | 'id'
> & { readonly ignored: Set<number> }

/** The record of a process that has not run yet. */
export function make(kernel: Kernel, program: Program, birth: Birth): Process {
  return {
    pid: birth.pid,
    ppid: birth.ppid,
    pgid: birth.pgid,
    sid: birth.sid,
    uid: birth.uid,
    gid: birth.gid,
    groups: birth.groups,
    umask: birth.umask,
    argv: birth.argv,
    env: birth.env,
    path: birth.path,
    cwd: birth.cwd,
    fds: birth.fds,
    tty: birth.tty,
    id: birth.id,
    ignored: birth.ignored,
    program,
    frame: undefined,
    wait: PAUSE,
    turn: 0,
    queued: false,
    dead: false,
    stopped: false,
    status: 0,
    pending: [],
    children: new Set(),
    zombies: [],
    halted: new Map(),
    start: kernel.now,
    steps: 0,
    burst: 0,
    burstAt: kernel.now,
    preempted: 0,
    preemptedUntil: 0,
    interrupted: false,
    memory: 0,
  }
}

/** What every process takes, whatever it does: page tables, stack, the C library. */
export const RESIDENT = 192 * 1024

export function begin(kernel: Kernel, process: Process, frame?: unknown): void {
  for (const file of process.fds) if (file) retain(kernel, file)
  kernel.processes.set(process.pid, process)
  process.frame = frame ?? process.program.init(process, kernel)
  wake(kernel, process)
  allocate(kernel, process, RESIDENT)
}

/** The process becomes another program; descriptors, directory and ignored signals stay. */
export function execute(
  kernel: Kernel,
  process: Process,
  program: Program,
  argv: readonly string[],
  env: Map<string, string> = process.env,
  path: string = process.path,
): void {
  process.program = program
  process.argv = argv
  process.env = env
  process.path = path
  process.pending = []
  allocate(kernel, process, RESIDENT)
  if (!process.dead) process.frame = program.init(process, kernel)
}
