import type { Events } from './events.ts'
import type { MemfsCore } from './memfs-core.ts'
import type { LinkContext, ViewLink } from './view-link.ts'

/** Modes and times. */
export function attributeMethods(core: MemfsCore, { tree }: LinkContext, events: Events): object {
  const changeMode = (link: ViewLink, mode: number) => {
    link.getNode().chmod(mode)
    events.changed(link)
  }
  const dated = (link: ViewLink, path: string, atime: number, mtime: number) => {
    const [read, written] = [nanos(atime), nanos(mtime)]
    tree.change({ syscall: 'utime', path }, (files, caller) => files.utimes(caller, link.ino, read, written))
    events.changed(link)
  }
  return {
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
  }
}

/** Seconds, perhaps with a fraction. */
const nanos = (seconds: number): bigint => BigInt(Math.round(seconds * 1_000_000)) * 1000n
