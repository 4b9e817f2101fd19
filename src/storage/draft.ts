import { Table } from '../core/table.ts'
import type { Caller } from './caller.ts'
import { EMPTY } from './extent.ts'
import { type Inode, type Link, S_IFDIR, S_IFMT, S_ISGID } from './inode.ts'
import type { Owner } from './inode-table.ts'

/** An inode while its file system may still change it. */
export type Draft = { -readonly [Key in keyof Inode]: Inode[Key] }

/** What ext4 says of a small directory. */
const DIRECTORY_SIZE = 4096

/** A new inode without a name; `parent` is the directory that it is to be in. */
export function blank(caller: Caller, mode: number, owner: Owner, ino: number, parent?: Inode): Draft {
  const { uid, gid, umask, now } = caller
  const directory = (mode & S_IFMT) === S_IFDIR
  const inherits = parent !== undefined && (parent.mode & S_ISGID) !== 0
  return {
    owner,
    ino,
    mode: (mode & ~umask) | (inherits && directory ? S_ISGID : 0),
    uid,
    gid: inherits ? parent.gid : gid,
    nlink: directory ? 2 : 1,
    rdev: 0,
    mtime: now,
    ctime: now,
    atime: now,
    extent: EMPTY,
    size: directory ? DIRECTORY_SIZE : 0,
    target: '',
    entries: directory ? Table.empty : null,
    parent: 0,
    name: '',
    aliases: null,
    xattrs: null,
  }
}

export function touch(draft: Draft, caller: Caller): void {
  draft.mtime = caller.now
  draft.ctime = caller.now
}

const keyOf = (link: Link): string => `${link.parent}/${link.name}`

export function addLink(draft: Draft, link: Link): void {
  if (draft.name === '') {
    draft.parent = link.parent
    draft.name = link.name
  } else draft.aliases = (draft.aliases ?? (Table.empty as Table<Link>)).set(keyOf(link), link)
}

export function removeLink(draft: Draft, link: Link): void {
  if (draft.parent !== link.parent || draft.name !== link.name) {
    const rest = draft.aliases?.delete(keyOf(link))
    draft.aliases = rest && rest.size > 0 ? rest : null
    return
  }
  const heir = draft.aliases?.first()
  if (heir) draft.aliases = draft.aliases!.size > 1 ? draft.aliases!.delete(keyOf(heir)) : null
  draft.name = heir?.name ?? ''
  // A removed directory keeps its parent, so that `..` from inside still leads somewhere.
  if (heir) draft.parent = heir.parent
}
