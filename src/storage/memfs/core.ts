import type { Caller } from '../caller.ts'
import { FileError } from '../file-error.ts'
import type { FileSystem } from '../file-system.ts'
import { isDirectory, ROOT, S_IFMT, S_IFREG } from '../inode.ts'
import { asNode } from './node-error.ts'
import { type LinkContext, ViewLink } from './view-link.ts'
import type { ViewNode } from './view-node.ts'

const CREATE = 0
const DELETE = 1
const ATTRIBUTE = 3
const MOVE = 4

interface OpenFile {
  readonly node: ViewNode
  readonly link: ViewLink
}

/** What of memfs's core is used or replaced. */
export interface MemfsCore {
  root: ViewLink
  getLinkOrThrow(path: string, call: string): ViewLink
  getResolvedLinkOrThrow(path: string, call: string): ViewLink
  getFileByFdOrThrow(fd: number, call: string): OpenFile
  openLink(link: ViewLink, ...rest: unknown[]): OpenFile
  closeFile(file: OpenFile): void
  emit(event: object): void
}

/** The methods of memfs's core that change a tree, over ours. The rest of it reads through links and nodes. */
export function coreMethods(core: MemfsCore, context: LinkContext): object {
  const { tree } = context
  const openLink = core.openLink.bind(core)
  const closeFile = core.closeFile.bind(core)
  const emit = (type: number, link: ViewLink, oldSteps?: string[]) =>
    core.emit({ type, steps: link.steps, node: link.getNode(), link, oldSteps })
  const created = (path: string) => emit(CREATE, core.getLinkOrThrow(path, 'lstat'))
  const changed = (link: ViewLink) => emit(ATTRIBUTE, link)

  /** The event of a deletion has to be made before it, and told after it. */
  const removing = (path: string, call: string, work: (files: FileSystem, caller: Caller) => void) => {
    const found = tree.files.lookup(path, { follow: false })
    const link = found && core.getLinkOrThrow(path, call)
    const event = link && { type: DELETE, steps: link.steps, node: link.getNode(), link }
    tree.change({ syscall: call, path }, work)
    if (event) core.emit(event)
  }

  const dated = (link: ViewLink, path: string, atime: number, mtime: number) => {
    const [read, written] = [nanos(atime), nanos(mtime)]
    tree.change({ syscall: 'utime', path }, (files, caller) => files.utimes(caller, link.ino, read, written))
    changed(link)
  }

  return {
    createLink(parent: ViewLink, name: string, _directory = false, mode = 0o666): ViewLink {
      const type = mode & S_IFMT || S_IFREG
      const call = { syscall: 'open', path: `${parent.getPath()}/${name}` }
      const { ino } = tree.change(call, (files, caller) =>
        files.create(caller, parent.ino, name, type | (mode & 0o7777)),
      )
      return new ViewLink(context, parent, name, ino)
    },
    openLink(link: ViewLink, ...rest: unknown[]): OpenFile {
      const file = openLink(link, ...rest)
      tree.files.hold(file.node.ino)
      return file
    },
    closeFile(file: OpenFile): void {
      closeFile(file)
      tree.files.release(file.node.ino)
    },
    link(path: string, dest: string): void {
      tree.change({ syscall: 'link', path, dest }, (files, caller) => files.link(caller, path, dest))
      created(dest)
    },
    symlink(target: string, path: string): void {
      const call = { syscall: 'symlink', path: target, dest: path }
      tree.change(call, (files, caller) => files.symlink(caller, target, path))
      created(path)
    },
    unlink(path: string): void {
      removing(path, 'unlink', (files, caller) => files.unlink(caller, path))
    },
    rmdir(path: string, recursive = false): void {
      removing(path, 'rmdir', (files, caller) => {
        if (recursive && isDirectory(files.need(path, { follow: false }))) files.removeAll(caller, path)
        else files.rmdir(caller, path)
      })
    },
    rm(path: string, force = false, recursive = false): void {
      if (force && asNode({ syscall: 'rm', path }, () => isMissing(tree.files, path))) return
      removing(path, 'rm', (files, caller) => {
        const node = files.need(path, { follow: false })
        if (isDirectory(node) && !recursive) throw new FileError('EISDIR', path)
        files.removeAll(caller, path)
      })
    },
    rename(path: string, dest: string): void {
      const call = { syscall: 'rename', path, dest }
      const found = tree.files.lookup(path, { follow: false })
      const before = found && core.getLinkOrThrow(path, 'rename').steps
      tree.change(call, (files, caller) => files.rename(caller, path, dest))
      emit(MOVE, core.getLinkOrThrow(dest, 'lstat'), before)
    },
    mkdir(path: string, mode: number): void {
      tree.change({ syscall: 'mkdir', path }, (files, caller) => files.mkdir(caller, path, mode))
      created(path)
    },
    /** Gives the first directory that it had to make, as Node does. */
    mkdirp(path: string, mode: number): string | undefined {
      const first = firstMissing(tree.files, path)
      const call = { syscall: 'mkdir', path }
      if (first === undefined) {
        asNode(call, () => needDirectory(tree.files, path))
        return undefined
      }
      tree.change(call, (files, caller) => files.mkdirp(caller, path, mode))
      created(path)
      return first
    },
    chmod(path: string, mode: number): void {
      changeMode(core.getResolvedLinkOrThrow(path, 'chmod'), mode)
    },
    lchmod(path: string, mode: number): void {
      changeMode(core.getLinkOrThrow(path, 'lchmod'), mode)
    },
    utimes(path: string, atime: number, mtime: number, follow = true): void {
      const link = follow ? core.getResolvedLinkOrThrow(path, 'utime') : core.getLinkOrThrow(path, 'lutime')
      dated(link, path, atime, mtime)
    },
    futimes(fd: number, atime: number, mtime: number): void {
      const { link } = core.getFileByFdOrThrow(fd, 'futime')
      dated(link, link.getPath(), atime, mtime)
    },
    reset(): void {
      tree.change({ syscall: 'reset' }, (files, caller) => files.clear(caller, ROOT))
    },
  }

  function changeMode(link: ViewLink, mode: number): void {
    link.getNode().chmod(mode)
    changed(link)
  }
}

/** Whether nothing is there; all other obstacles are refusals. */
function isMissing(files: FileSystem, path: string): boolean {
  try {
    return !files.resolve(path, { follow: false }).node
  } catch (error) {
    if (error instanceof FileError && error.code === 'ENOENT') return true
    throw error
  }
}

function needDirectory(files: FileSystem, path: string): void {
  if (!isDirectory(files.need(path))) throw new FileError('EEXIST', path)
}

/** The topmost name on a path that does not exist. */
function firstMissing(files: FileSystem, path: string): string | undefined {
  let at = ''
  for (const name of path.split('/')) {
    if (name === '') continue
    at += `/${name}`
    if (!files.lookup(at, { follow: false })) return at
  }
  return undefined
}

/** Seconds, perhaps with a fraction. */
const nanos = (seconds: number): bigint => BigInt(Math.round(seconds * 1_000_000)) * 1000n
