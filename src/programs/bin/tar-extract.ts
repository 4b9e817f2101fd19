import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../storage/inode.ts'
import {
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  FIFO,
  HARD_LINK,
  SYMLINK,
  type TarEntry,
} from '../../storage/tar/tar-entry.ts'
import type { Call } from './call.ts'
import { dirName } from './paths.ts'

/** A directory that was made: its times come last. */
export interface Member {
  readonly path: string
  readonly entry: TarEntry
}

/** Makes one member at `path`; gives the directories. */
export function putMember<Data>(call: Call<Data>, entry: TarEntry, path: string, strip: number): Member | undefined {
  const { files, caller, here, there } = call
  const parent = dirName(path)
  if (parent !== '.' && !files.lookup(parent, here)) call.attempt(() => files.mkdirp(caller, parent, 0o755, here))
  const old = files.lookup(path, there)
  if (entry.type === DIRECTORY) {
    if (!old)
      call.attempt(
        () => files.mkdir(caller, path, entry.mode & 0o7777, here),
        (name, why) => `can't make dir ${name}: ${why}`,
        path,
      )
    own(call, entry, path)
    return { path, entry }
  }
  if (old && call.has('k')) return undefined
  const made = call.attempt(
    () => {
      if (old) files.unlink(caller, path, there)
      create(call, entry, path, strip)
      return true
    },
    (name, why) => `can't open '${name}': ${why}`,
    path,
  )
  if (made && entry.type !== HARD_LINK) own(call, entry, path)
  return undefined
}

function create<Data>({ files, caller, here, there }: Call<Data>, entry: TarEntry, path: string, strip: number): void {
  switch (entry.type) {
    case SYMLINK:
      files.symlink(caller, entry.linkname, path, there)
      return
    case HARD_LINK:
      files.link(caller, entry.linkname.replace(/^\/+/, '').split('/').slice(strip).join('/'), path, here)
      return
    case CHARACTER_DEVICE:
    case BLOCK_DEVICE:
    case FIFO: {
      const type = entry.type === FIFO ? S_IFIFO : entry.type === BLOCK_DEVICE ? S_IFBLK : S_IFCHR
      files.mknod(caller, path, type | (entry.mode & 0o7777), makedev(entry.devmajor, entry.devminor), here)
      return
    }
    default:
      files.writeFile(caller, path, entry.body, entry.mode & 0o777, here)
  }
}

/** Owner, mode and times: only root may give files away. */
function own<Data>(call: Call<Data>, entry: TarEntry, path: string): void {
  const { files, caller, here, there } = call
  call.attempt(() => {
    if (caller.uid === 0 && !call.has('o')) files.chown(caller, path, entry.uid, entry.gid, there)
    if (entry.type === SYMLINK) return
    files.chmod(caller, path, entry.mode & 0o7777, here)
    if (!call.has('m') && entry.type !== DIRECTORY) files.utimes(caller, path, entry.mtime, entry.mtime, here)
  })
}
