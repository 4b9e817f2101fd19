import { FileError } from '../../storage/file-error.ts'
import { searchPath } from '../find-executable.ts'
import type { SpawnSpec } from '../machine.ts'
import { retain } from './descriptors.ts'
import { CallError } from './errno.ts'
import type { Kernel } from './kernel.ts'
import { devNull, type FileOf, type OpenFile } from './open-file.ts'
import { pipe } from './pipe.ts'
import type { Process } from './process.ts'
import type { Program } from './program.ts'
import { begin, make } from './spawn.ts'
import { type Tty, tty } from './tty.ts'

/** The first process of the container or of an exec. */
export function start(kernel: Kernel, spec: SpawnSpec): Process {
  const pid = spec.id === 'main' ? 1 : Math.max(2, kernel.nextPid)
  kernel.nextPid = Math.max(kernel.nextPid, pid + 1)
  const terminal = spec.tty && openTty(kernel, spec.id, spec.tty.cols, spec.tty.rows, pid)
  const process = make(kernel, failed, {
    pid,
    ppid: 0,
    pgid: pid,
    sid: pid,
    uid: spec.uid,
    gid: spec.gid,
    groups: spec.groups ?? [],
    umask: 0o022,
    argv: spec.argv,
    env: new Map(Object.entries(spec.env)),
    path: spec.argv[0] ?? '',
    cwd: kernel.namespace.root,
    fds: terminal ? onTty(terminal) : onStreams(kernel, spec),
    tty: terminal,
    id: spec.id,
    ignored: new Set(),
  })
  enter(kernel, process, spec)
  begin(kernel, process)
  return process
}

/** Goes to the working directory and finds the program; a failure shows as the runtime's, which the engine has looked for before. */
function enter(kernel: Kernel, process: Process, spec: SpawnSpec): void {
  try {
    process.cwd = kernel.namespace.need(spec.cwd, {}, kernel.caller(process))
    const path = searchPath(kernel.namespace, kernel.caller(process), spec.argv[0] ?? '', spec.env.PATH, process.cwd)
    const loaded = kernel.load(process, path ?? spec.argv[0] ?? '', spec.argv)
    process.program = loaded.program
    process.argv = loaded.argv
    process.path = path ?? loaded.path
  } catch (error) {
    if (error instanceof CallError) process.program = badFormat
    else if (!(error instanceof FileError)) throw error
  }
}

const failed: Program<null> = {
  name: 'runc',
  init: () => null,
  step: () => ({ type: 'exit', code: 127 }),
}

/** What runc's init says of a file that is neither a binary nor a script. */
const badFormat: Program<null> = {
  name: 'runc',
  init: () => null,
  step(kernel, process) {
    kernel.puts(process, 2, `exec ${process.argv[0]}: exec format error\n`)
    return { type: 'exit', code: 255 }
  },
}

function openTty(kernel: Kernel, id: string, cols: number, rows: number, foreground: number): Tty {
  const opened = tty(id, kernel.ttys.size, cols, rows)
  opened.foreground = foreground
  kernel.ttys.set(id, opened)
  return opened
}

function onTty(terminal: Tty): OpenFile[] {
  const file: OpenFile = { kind: 'tty', tty: terminal, refs: 0 }
  return [file, file, file]
}

function onStreams(kernel: Kernel, { id, stdin }: SpawnSpec): OpenFile[] {
  return [
    stdin ? openStdin(kernel, id) : devNull(),
    { kind: 'output', id, stream: 1, refs: 0 },
    { kind: 'output', id, stream: 2, refs: 0 },
  ]
}

function openStdin(kernel: Kernel, id: string): OpenFile {
  const made = pipe()
  const end: FileOf<'pipe-write'> = { kind: 'pipe-write', pipe: made, refs: 0 }
  retain(kernel, end)
  kernel.stdins.set(id, end)
  return { kind: 'pipe-read', pipe: made, refs: 0 }
}
