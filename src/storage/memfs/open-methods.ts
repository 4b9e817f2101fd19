import { S_IFMT, S_IFREG } from '../inode.ts'
import type { MemfsCore, OpenFile } from './memfs-core.ts'
import { type LinkContext, ViewLink } from './view-link.ts'

/** Opening makes a file where there is none, and holds it until it is closed. */
export function openMethods(core: MemfsCore, context: LinkContext): object {
  const { tree } = context
  const openLink = core.openLink.bind(core)
  const closeFile = core.closeFile.bind(core)
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
  }
}
