import { type Errno, FileError } from '../file-error.ts'

/** An error as Node's fs throws it. */
interface NodeError extends Error {
  readonly code: string
  readonly errno: number
  readonly syscall: string
  readonly path?: string
  readonly dest?: string
}

/** Linux errno and libuv's words. */
const UV: Readonly<Partial<Record<Errno, readonly [number, string]>>> = {
  EPERM: [1, 'operation not permitted'],
  ENOENT: [2, 'no such file or directory'],
  EIO: [5, 'i/o error'],
  EBADF: [9, 'bad file descriptor'],
  EACCES: [13, 'permission denied'],
  EBUSY: [16, 'resource busy or locked'],
  EEXIST: [17, 'file already exists'],
  EXDEV: [18, 'cross-device link not permitted'],
  ENOTDIR: [20, 'not a directory'],
  EISDIR: [21, 'illegal operation on a directory'],
  EINVAL: [22, 'invalid argument'],
  EFBIG: [27, 'file too large'],
  EROFS: [30, 'read-only file system'],
  ENAMETOOLONG: [36, 'name too long'],
  ENOTEMPTY: [39, 'directory not empty'],
  ELOOP: [40, 'too many symbolic links encountered'],
}

/** What was asked for, as the error is to name it. */
export interface Syscall {
  readonly syscall: string
  readonly path?: string
  readonly dest?: string
}

function nodeError({ code }: FileError, { syscall, path, dest }: Syscall): NodeError {
  const [errno, words] = UV[code] ?? [5, 'unknown error']
  const places = (path === undefined ? '' : ` '${path}'`) + (dest === undefined ? '' : ` -> '${dest}'`)
  const error = new Error(`${code}: ${words}, ${syscall}${places}`)
  const where = { ...(path === undefined ? {} : { path }), ...(dest === undefined ? {} : { dest }) }
  return Object.assign(error, { code, errno: -errno, syscall, ...where })
}

/** Runs `work`; a FileError in it comes out as Node's. */
export function asNode<T>(call: Syscall, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof FileError ? nodeError(error, call) : error
  }
}
