import {
  contents,
  type Inode,
  major,
  minor,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
} from '../inode.ts'
import {
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  FIFO,
  HARD_LINK,
  REGULAR,
  SYMLINK,
  type TarEntry,
  tarEntry,
} from './tar-entry.ts'

const SECOND = 1_000_000_000n

const TYPES: Readonly<Record<number, string>> = {
  [S_IFREG]: REGULAR,
  [S_IFLNK]: SYMLINK,
  [S_IFCHR]: CHARACTER_DEVICE,
  [S_IFBLK]: BLOCK_DEVICE,
  [S_IFDIR]: DIRECTORY,
  [S_IFIFO]: FIFO,
}

/** An inode as Docker archives it: whole seconds, no names of owners. A socket has no place in an archive. */
function toMember(inode: Inode, name: string): TarEntry | undefined {
  const type = TYPES[inode.mode & S_IFMT]
  if (type === undefined) return undefined
  const device = type === CHARACTER_DEVICE || type === BLOCK_DEVICE
  return tarEntry({
    name: type === DIRECTORY && !name.endsWith('/') ? `${name}/` : name,
    type,
    mode: inode.mode & 0o7777,
    uid: inode.uid,
    gid: inode.gid,
    mtime: inode.mtime - (((inode.mtime % SECOND) + SECOND) % SECOND),
    linkname: inode.target,
    devmajor: device ? major(inode.rdev) : 0,
    devminor: device ? minor(inode.rdev) : 0,
    xattrs: inode.xattrs && new Map(inode.xattrs.entries()),
    ...(type === REGULAR ? { body: contents(inode) } : {}),
  })
}

/** Makes members, and hard links of what it has already seen under another name. */
export class MemberWriter {
  readonly #seen = new Map<string, string>()

  /** `key` tells inodes of several file systems apart. */
  member(inode: Inode, name: string, key = `${inode.ino}`): TarEntry | undefined {
    const member = toMember(inode, name)
    if (!member || member.type === DIRECTORY || inode.nlink < 2) return member
    const first = this.#seen.get(key)
    if (first === undefined) {
      this.#seen.set(key, name)
      return member
    }
    return { ...member, type: HARD_LINK, linkname: first, body: member.body.subarray(0, 0) }
  }
}
