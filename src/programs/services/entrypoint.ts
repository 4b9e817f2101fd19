import { FileError } from '../../storage/file-error.ts'
import { searchPath } from '../find-executable.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { exit, type Program, type Wait } from '../kernel/program.ts'

/** An entrypoint script that ends in `exec "$@"`: logs, perhaps changes the arguments, and becomes them. */
export function entrypoint(name: string, { log = [], argv = (given) => given }: EntrypointOptions = {}): Program<null> {
  return {
    name,
    init: () => null,
    step(kernel, process) {
      const command = argv(process.argv.slice(1), process)
      for (const line of typeof log === 'function' ? log(command, process) : log) kernel.puts(process, 1, `${line}\n`)
      return become(kernel, process, command)
    },
  }
}

export interface EntrypointOptions {
  readonly log?: readonly string[] | ((argv: readonly string[], process: Process) => readonly string[])
  readonly argv?: (given: readonly string[], process: Process) => readonly string[]
}

/** `exec "$@"` of a shell script. */
function become(kernel: Kernel, process: Process, argv: readonly string[]): Wait {
  const name = argv[0]
  if (name === undefined) return exit(0)
  const script = process.path
  try {
    const path = searchPath(kernel.namespace, kernel.caller(process), name, process.env.get('PATH'), process.cwd)
    if (path === undefined) throw new FileError('ENOENT', name)
    const loaded = kernel.load(process, path, argv)
    kernel.exec(process, loaded.program, loaded.argv, process.env, loaded.path)
    return { type: 'exec' }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const missing = error.code === 'ENOENT'
    const words = missing ? 'not found' : 'Permission denied'
    kernel.puts(process, 2, `${script}: exec: ${name}: ${words}\n`)
    return exit(missing ? 127 : 126)
  }
}
