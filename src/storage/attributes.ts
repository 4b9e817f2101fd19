import { Table } from '../core/table.ts'
import type { Caller } from './caller.ts'
import type { Draft } from './draft.ts'
import { isFile, S_IFMT } from './inode.ts'

/** Sets the permission bits, the type stays. */
export function setMode(draft: Draft, caller: Caller, mode: number): void {
  draft.mode = (draft.mode & S_IFMT) | (mode & 0o7777)
  draft.ctime = caller.now
}

/** As Linux does, also takes the set-id bits of a file away. */
export function setOwner(draft: Draft, caller: Caller, uid: number, gid: number): void {
  if (isFile(draft)) draft.mode &= draft.mode & 0o010 ? ~0o6000 : ~0o4000
  draft.uid = uid
  draft.gid = gid
  draft.ctime = caller.now
}

export function setTimes(draft: Draft, caller: Caller, atime: bigint, mtime: bigint): void {
  draft.atime = atime
  draft.mtime = mtime
  draft.ctime = caller.now
}

/** Without a value the attribute is removed. */
export function setAttribute(draft: Draft, caller: Caller, name: string, value: Uint8Array | undefined): void {
  const before: Table<Uint8Array> = draft.xattrs ?? Table.empty
  const after = value ? before.set(name, value) : before.delete(name)
  draft.xattrs = after.size === 0 ? null : after
  draft.ctime = caller.now
}
