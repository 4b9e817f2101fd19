import { FileError } from '../file-error.ts'
import type { FileSystem } from '../file-system.ts'
import { isDirectory } from '../inode.ts'
import type { Events } from './events.ts'
import type { MemfsCore } from './memfs-core.ts'
import { asNode } from './node-error.ts'
import type { LinkContext } from './view-link.ts'

/** Giving further names and other names. */
export function linkMethods(core: MemfsCore, { tree }: LinkContext, events: Events): object {
  return {
    link(path: string, dest: string): void {
      tree.change({ syscall: 'link', path, dest }, (files, caller) => files.link(caller, path, dest))
      events.created(dest)
    },
    symlink(target: string, path: string): void {
      const call = { syscall: 'symlink', path: target, dest: path }
      tree.change(call, (files, caller) => files.symlink(caller, target, path))
      events.created(path)
    },
    rename(path: string, dest: string): void {
      const call = { syscall: 'rename', path, dest }
      const found = tree.files.lookup(path, { follow: false })
      const before = found && core.getLinkOrThrow(path, 'rename').steps
      tree.change(call, (files, caller) => files.rename(caller, path, dest))
      events.moved(dest, before)
    },
  }
}

/** Taking names away. */
export function removeMethods({ tree }: LinkContext, events: Events): object {
  return {
    unlink(path: string): void {
      events.removing(path, 'unlink', (files, caller) => files.unlink(caller, path))
    },
    rmdir(path: string, recursive = false): void {
      events.removing(path, 'rmdir', (files, caller) => {
        if (recursive && isDirectory(files.need(path, { follow: false }))) files.removeAll(caller, path)
        else files.rmdir(caller, path)
      })
    },
    rm(path: string, force = false, recursive = false): void {
      if (force && asNode({ syscall: 'rm', path }, () => isMissing(tree.files, path))) return
      events.removing(path, 'rm', (files, caller) => {
        const node = files.need(path, { follow: false })
        if (isDirectory(node) && !recursive) throw new FileError('EISDIR', path)
        files.removeAll(caller, path)
      })
    },
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
