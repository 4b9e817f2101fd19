import { type Caller, EXECUTE, permits } from '../storage/caller.ts'
import { FileError } from '../storage/file-error.ts'
import { isDirectory, isFile } from '../storage/inode.ts'
import type { Handle, Namespace } from '../storage/mount-namespace.ts'

/** What becomes of a command at start: the file to run, or the runtime's refusal in its own words. */
export type FoundExecutable =
  | { readonly path: string }
  /** `exitCode` is what the container (or exec) is given. */
  | { readonly exitCode: 126 | 127; readonly message: string }

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Looks a command up as runc does: by PATH, or as a path when there is a slash in it.
 * @example
 * findExecutable(namespace, { argv0: 'nosuch', path: '/bin', cwd: '/', caller })
 * // { exitCode: 127, message: 'exec: "nosuch": executable file not found in $PATH' }
 */
export function findExecutable(
  namespace: Namespace,
  {
    argv0,
    path,
    cwd,
    caller,
  }: { readonly argv0: string; readonly path?: string; readonly cwd: string; readonly caller: Caller },
): FoundExecutable {
  const from = namespace.resolve(cwd, {}, caller).at
  if (!argv0.includes('/')) {
    const found = searchPath(namespace, caller, argv0, path, from)
    return found ? { path: found } : refusal(127, argv0, 'executable file not found in $PATH')
  }
  return atPath(namespace, argv0, from, caller)
}

const refusal = (exitCode: 126 | 127, argv0: string, why: string): FoundExecutable => ({
  exitCode,
  message: `exec: ${JSON.stringify(argv0)}: ${why}`,
})

function atPath(namespace: Namespace, argv0: string, cwd: Handle | undefined, caller: Caller): FoundExecutable {
  try {
    const node = namespace.stat(caller, argv0, { cwd })
    if (isDirectory(node)) return refusal(126, argv0, 'is a directory: permission denied')
    if (!permits(caller, node, EXECUTE)) return refusal(126, argv0, 'permission denied')
    return { path: argv0 }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return error.code === 'EACCES'
      ? refusal(126, argv0, 'permission denied')
      : refusal(127, argv0, `stat ${argv0}: ${GO_WORDS[error.code] ?? 'no such file or directory'}`)
  }
}

/** syscall.Errno of Go words them in lower case. */
const GO_WORDS: Partial<Record<FileError['code'], string>> = {
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
}

/** execvp: the first file of PATH that may be run. A name with a slash is itself the path; undefined: not found. */
export function searchPath(
  namespace: Namespace,
  caller: Caller,
  name: string,
  path = DEFAULT_PATH,
  cwd?: Handle,
): string | undefined {
  if (name.includes('/')) return name
  if (name === '') return undefined
  for (const directory of path.split(':')) {
    const candidate = directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`
    if (isRunnable(namespace, caller, candidate, cwd)) return candidate
  }
  return undefined
}

function isRunnable(namespace: Namespace, caller: Caller, path: string, cwd: Handle | undefined): boolean {
  try {
    const node = namespace.stat(caller, path, { cwd })
    return isFile(node) && permits(caller, node, EXECUTE)
  } catch (error) {
    if (error instanceof FileError) return false
    throw error
  }
}
