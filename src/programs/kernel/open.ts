import { FileError } from '../../storage/file-error.ts'
import { type Inode, isDirectory, isSymlink, major, minor, S_IFCHR, S_IFIFO, S_IFMT } from '../../storage/inode.ts'
import type { Handle } from '../../storage/mount-namespace.ts'
import type { Kernel } from './kernel.ts'
import { type Device, device, type Mode, type OpenFile } from './open-file.ts'
import { fifo } from './pipe.ts'
import { procText } from './proc.ts'
import type { Process } from './process.ts'

const DEVICES: Readonly<Record<string, Device>> = {
  '/dev/null': 'null',
  '/dev/zero': 'zero',
  '/dev/full': 'full',
  '/dev/random': 'random',
  '/dev/urandom': 'random',
}
const STANDARD: Readonly<Record<string, number>> = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }

/** open(2), with what the machine itself has at /dev and /proc. */
export function openFile(kernel: Kernel, process: Process, path: string, mode: Mode): OpenFile {
  const special = openSpecial(kernel, process, path, mode)
  if (special) return special
  const target = linkToSpecial(kernel, process, path)
  return target === undefined ? openPath(kernel, process, path, mode) : openFile(kernel, process, target, mode)
}

/** `access.log → /dev/stdout`: the machine's own files lie behind the link, which no walk finds. */
function linkToSpecial(kernel: Kernel, process: Process, path: string): string | undefined {
  const { node } = kernel.namespace.resolve(path, { cwd: process.cwd, follow: false }, kernel.caller(process))
  if (!node || !isSymlink(node) || node.target === path) return undefined
  return /^\/(dev|proc)\//.test(node.target) ? node.target : undefined
}

function openSpecial(kernel: Kernel, process: Process, path: string, mode: Mode): OpenFile | undefined {
  if (!path.startsWith('/dev/') && !path.startsWith('/proc/')) return undefined
  const known = DEVICES[path]
  if (known) return device(known)
  if (path === '/dev/tty') return openTerminal(process, path)
  const fd = STANDARD[path] ?? descriptorOf(process, path)
  if (fd !== undefined) return openAgain(kernel, process, path, fd, mode)
  const bytes = procText(kernel, process, path)
  if (bytes === undefined) return undefined
  if (mode !== 'r') throw new FileError('EACCES', path)
  return { kind: 'text', path, bytes, pos: 0, refs: 0 }
}

function descriptorOf(process: Process, path: string): number | undefined {
  const found = /^\/(?:dev|proc\/(self|\d+))\/fd\/(\d+)$/.exec(path)
  if (!found || (found[1] && found[1] !== 'self' && Number(found[1]) !== process.pid)) return undefined
  return Number(found[2])
}

function openTerminal(process: Process, path: string): OpenFile {
  if (!process.tty) throw new FileError('ENXIO', path)
  return { kind: 'tty', tty: process.tty, refs: 0 }
}

/** /dev/fd/N of a file opens the file anew, from its beginning; of all else it is the same as dup. */
function openAgain(kernel: Kernel, process: Process, path: string, fd: number, mode: Mode): OpenFile {
  const file = process.fds[fd]
  if (!file) throw new FileError('ENOENT', path)
  if (file.kind !== 'file') return file
  return openPath(kernel, process, file.path, mode)
}

function openPath(kernel: Kernel, process: Process, path: string, mode: Mode): OpenFile {
  const { namespace } = kernel
  const options = { cwd: process.cwd }
  const caller = kernel.caller(process)
  const { at: there, node: before } = namespace.resolve(path, options, caller)
  const special = there && before && openNode(kernel, process, path, there, before, mode)
  if (special) return special
  const at = namespace.open(caller, path, { read: mode === 'r' || mode === 'rw', ...options, ...FLAGS[mode] })
  const node = namespace.inode(at)
  if (isDirectory(node)) {
    namespace.release(at)
    return { kind: 'directory', at, path, refs: 0 }
  }
  const access = mode === 'a' ? 'w' : mode
  return { kind: 'file', at, path, pos: 0, append: mode === 'a', access, refs: 0 }
}

const FLAGS: Readonly<Record<Mode, { write?: boolean; create?: boolean; truncate?: boolean }>> = {
  r: {},
  w: { write: true, create: true, truncate: true },
  a: { write: true, create: true },
  rw: { write: true, create: true },
}

/** Device nodes and named pipes, wherever they lie. */
function openNode(
  kernel: Kernel,
  process: Process,
  path: string,
  at: Handle,
  node: Inode,
  mode: Mode,
): OpenFile | undefined {
  const type = node.mode & S_IFMT
  if (type === S_IFCHR) return openDevice(process, path, node)
  if (type !== S_IFIFO || isSymlink(node)) return undefined
  kernel.namespace.access(kernel.caller(process), path, mode === 'r' ? 4 : 2, { cwd: process.cwd })
  const key = `${kernel.namespace.fsIdOf(at)} ${at.ino}`
  let pipe = kernel.fifos.get(key)
  if (!pipe) {
    pipe = fifo()
    kernel.fifos.set(key, pipe)
  }
  return mode === 'r' ? { kind: 'pipe-read', pipe, refs: 0 } : { kind: 'pipe-write', pipe, refs: 0 }
}

function openDevice(process: Process, path: string, { rdev }: Inode): OpenFile {
  if (major(rdev) === 1) {
    const named: Readonly<Record<number, Device>> = { 3: 'null', 5: 'zero', 7: 'full', 8: 'random', 9: 'random' }
    const found = named[minor(rdev)]
    if (found) return device(found)
  }
  if (major(rdev) === 5 || major(rdev) === 136) return openTerminal(process, path)
  throw new FileError('ENXIO', path)
}
