import { permits } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { type Inode, makedev, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from '../../storage/inode.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import { procLink, procNames, procText } from './proc.ts'
import type { Process } from './process.ts'

/** What stat(2) tells; an Inode has all of it. */
export type Stat = Pick<Inode, 'ino' | 'mode' | 'uid' | 'gid' | 'nlink' | 'rdev' | 'size' | 'mtime' | 'ctime' | 'atime'>

/** stat(2), or lstat(2) without `follow`; knows /proc and /dev as `open` does. */
export function stat(kernel: Kernel, process: Process, path: string, follow: boolean): Stat {
  return (
    specialStat(kernel, process, path, follow) ??
    kernel.namespace.stat(kernel.caller(process), path, { follow, cwd: process.cwd })
  )
}

const DEVICES: Readonly<Record<string, readonly [number, number]>> = {
  '/dev/null': [1, 3],
  '/dev/zero': [1, 5],
  '/dev/full': [1, 7],
  '/dev/random': [1, 8],
  '/dev/urandom': [1, 9],
  '/dev/tty': [5, 0],
}

function specialStat(kernel: Kernel, process: Process, path: string, follow: boolean): Stat | undefined {
  if (!path.startsWith('/proc') && !path.startsWith('/dev/')) return undefined
  const numbers = DEVICES[path]
  if (numbers) return made(kernel, S_IFCHR | 0o666, 0, makedev(...numbers))
  if (!follow && procLink(kernel, process, path) !== undefined) return made(kernel, S_IFLNK | 0o777)
  const fd = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1] ?? STANDARD[path]
  if (fd !== undefined && process.fds[Number(fd)]) return fstat(kernel, process, process.fds[Number(fd)]!)
  if (procNames(kernel, process, path)) return made(kernel, S_IFDIR | 0o555)
  return procText(kernel, process, path) && made(kernel, S_IFREG | 0o444)
}

const STANDARD: Readonly<Record<string, string>> = { '/dev/stdin': '0', '/dev/stdout': '1', '/dev/stderr': '2' }

/** fstat(2) */
export function fstat(kernel: Kernel, process: Process, file: OpenFile): Stat {
  switch (file.kind) {
    case 'file':
    case 'directory':
      return kernel.namespace.inode(file.at)
    case 'text':
      return made(kernel, S_IFREG | 0o444)
    case 'device':
      return made(kernel, S_IFCHR | 0o666, 0, makedev(...(DEVICES[`/dev/${file.device}`] ?? [1, 3])))
    case 'tty':
      return made(kernel, S_IFCHR | 0o620, process.uid, makedev(136, file.tty.index))
    default:
      return made(kernel, S_IFIFO | 0o600, process.uid)
  }
}

function made(kernel: Kernel, mode: number, uid = 0, rdev = 0): Stat {
  const time = BigInt(kernel.bootedAt) * 1000n
  return { ino: 2, mode, uid, gid: 0, nlink: 1, rdev, size: 0, mtime: time, ctime: time, atime: time }
}

/** The names in a directory, sorted, without `.` and `..`. */
export function readdir(kernel: Kernel, process: Process, path: string): string[] {
  const special = path.startsWith('/proc') ? procNames(kernel, process, path) : undefined
  if (special) return special
  return kernel.namespace.readdir(kernel.caller(process), path, { cwd: process.cwd })
}

export function readlink(kernel: Kernel, process: Process, path: string): string {
  const special = path.startsWith('/proc') ? procLink(kernel, process, path) : undefined
  return special ?? kernel.namespace.readlink(kernel.caller(process), path, { cwd: process.cwd })
}

/** access(2): whether the process may do all of `wanted` (READ, WRITE, EXECUTE or-ed). */
export function access(kernel: Kernel, process: Process, path: string, wanted: number): boolean {
  try {
    const found = stat(kernel, process, path, true)
    return permits(kernel.caller(process), found, wanted)
  } catch (error) {
    if (error instanceof FileError) return false
    throw error
  }
}
