import { FileError, strerror as fileWords } from '../../storage/file-error.ts'

/** The codes of calls that are not about files; words of glibc. */
const MESSAGES = {
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAGAIN: 'Resource temporarily unavailable',
  ECHILD: 'No child processes',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ENOEXEC: 'Exec format error',
  ENOTCONN: 'Transport endpoint is not connected',
  ENOTTY: 'Inappropriate ioctl for device',
  ETIMEDOUT: 'Connection timed out',
} as const

/** A refused system call that is not about a file. Like FileError it is plain data. */
export class CallError {
  readonly code: keyof typeof MESSAGES
  constructor(code: keyof typeof MESSAGES) {
    this.code = code
  }
}

/** `ENOENT` → `No such file or directory`, for every code that a call of the kernel may throw. */
export function strerror(code: FileError['code'] | CallError['code']): string {
  return code in MESSAGES ? MESSAGES[code as CallError['code']] : fileWords(code as FileError['code'])
}

/** What a program says of an error that a call threw: `/nope: No such file or directory`; undefined for a fault of our own. */
export function errorText(error: unknown): string | undefined {
  if (error instanceof FileError) return error.path ? `${error.path}: ${strerror(error.code)}` : strerror(error.code)
  if (error instanceof CallError) return strerror(error.code)
  return undefined
}
