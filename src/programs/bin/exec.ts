import { FileError } from '../../storage/file-error.ts'
import { searchPath } from '../find-executable.ts'
import { CallError, strerror } from '../kernel/errno.ts'
import type { Loaded } from '../kernel/load.ts'
import type { Call } from './call.ts'

/** Finds the program of a command line by PATH; undefined: there is none, and that was told. Exit codes are the shell's: 126 and 127. */
export function loadProgram<Data>(
  call: Call<Data>,
  argv: readonly string[],
  env = call.process.env,
  words = (name: string, why: string) => `can't execute '${name}': ${why}`,
): Loaded | undefined {
  const { kernel, process } = call
  const name = argv[0] ?? ''
  try {
    const path = searchPath(call.files, call.caller, name, env.get('PATH'), process.cwd)
    if (path === undefined) throw new FileError('ENOENT', name)
    return kernel.load(process, path, argv)
  } catch (error) {
    if (!(error instanceof FileError) && !(error instanceof CallError)) throw error
    const code = error.code === 'ENOENT' ? 127 : 126
    call.fail(words(name, strerror(error.code)), code)
    return undefined
  }
}

/** The program becomes another one. */
export function become<Data>(call: Call<Data>, argv: readonly string[], env = new Map(call.process.env)): void {
  const loaded = loadProgram(call, argv, env)
  if (!loaded) return
  call.kernel.exec(call.process, loaded.program, loaded.argv, env, loaded.path)
  call.pause({ type: 'exec' })
}

/** The program becomes the one of a file, under another name. */
export function becomeFile<Data>(
  call: Call<Data>,
  path: string,
  argv: readonly string[],
  env: Map<string, string>,
): void {
  const loaded = call.attempt(
    () => call.kernel.load(call.process, path, argv),
    (name, why) => `can't execute '${name}': ${why}`,
    path,
  )
  if (!loaded) return
  call.kernel.exec(call.process, loaded.program, loaded.argv, env, loaded.path)
  call.pause({ type: 'exec' })
}

/** Starts a child; undefined: it could not, and that was told. */
export function startChild<Data>(
  call: Call<Data>,
  argv: readonly string[],
  words?: (name: string, why: string) => string,
): number | undefined {
  const loaded = loadProgram(call, argv, call.process.env, words)
  if (!loaded) return undefined
  const { kernel, process } = call
  return kernel.spawn(loaded.program, loaded.argv, process, { fds: process.fds.slice(0, 3), path: loaded.path }).pid
}

/** The child's exit code; undefined: it still runs, and the step ends with waiting for it. */
export function reapChild<Data>(call: Call<Data>, pid: number): number | undefined {
  const zombie = call.kernel.reap(call.process, pid)
  if (!zombie) call.pause({ type: 'child', pid })
  return zombie?.status
}
