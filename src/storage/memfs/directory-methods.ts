import { FileError } from '../file-error.ts'
import type { FileSystem } from '../file-system.ts'
import { isDirectory } from '../inode.ts'
import type { Events } from './events.ts'
import { asNode } from './node-error.ts'
import type { LinkContext } from './view-link.ts'

export function directoryMethods({ tree }: LinkContext, events: Events): object {
  return {
    mkdir(path: string, mode: number): void {
      tree.change({ syscall: 'mkdir', path }, (files, caller) => files.mkdir(caller, path, mode))
      events.created(path)
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
      events.created(path)
      return first
    },
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
