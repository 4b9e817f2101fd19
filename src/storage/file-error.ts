/** The errno names that a file system call may answer with. */
export type Errno = keyof typeof MESSAGES

const MESSAGES = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINVAL: 'Invalid argument',
  EIO: 'I/O error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMLINK: 'Too many links',
  ENAMETOOLONG: 'File name too long',
  ENODATA: 'No data available',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOSYS: 'Function not implemented',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENOTSUP: 'Not supported',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESRCH: 'No such process',
  ETXTBSY: 'Text file busy',
  EXDEV: 'Cross-device link',
} as const

/** A refused file operation as plain data: no stack, so it is comparable and cheap. */
export class FileError {
  readonly code: Errno
  readonly path: string
  constructor(code: Errno, path = '') {
    this.code = code
    this.path = path
  }
}

/** The C library's words for `code`. */
export function strerror(code: Errno): string {
  return MESSAGES[code]
}
